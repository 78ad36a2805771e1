package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Memberships;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /organization_memberships} and those of one organization. */
final class MembershipRoutes {
    private static final String[] ORDERS = {"email_address", "phone_number", "username", "first_name", "last_name"};
    private static final String ALL = "/organizations/{id}/memberships";
    private static final String ONE = ALL + "/{user_id}";

    private final ClerkInstance instance;
    private final Memberships memberships;
    private final UserFilter filter;

    MembershipRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.memberships = instance.memberships();
        this.filter = new UserFilter(instance);
    }

    void addTo(Routes routes) {
        routes.on(
                        "GET",
                        "/organization_memberships",
                        request -> Bodies.counted(memberships.list(ListQuery.of(request, ORDERS))))
                .on("GET", ALL, this::list)
                .on(
                        "POST",
                        ALL,
                        request -> ApiResponse.ok(memberships.create(organization(request), Bodies.object(request))))
                .on(
                        "PATCH",
                        ONE,
                        request -> ApiResponse.ok(memberships.update(
                                organization(request), request.variable("user_id"), Bodies.object(request))))
                .on(
                        "PATCH",
                        ONE + "/metadata",
                        request -> ApiResponse.ok(memberships.mergeMetadata(
                                organization(request), request.variable("user_id"), Bodies.object(request))))
                .on(
                        "DELETE",
                        ONE,
                        request ->
                                ApiResponse.ok(memberships.delete(organization(request), request.variable("user_id"))));
    }

    private String organization(ApiRequest request) {
        return instance.organizations().id(request.variable("id"));
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.counted(memberships.listOfOrganization(
                organization(request),
                ListQuery.of(request, ORDERS),
                ofMembership(request).and(ofUser(request))));
    }

    private static Predicate<ObjectNode> ofMembership(ApiRequest request) {
        return Filter.of(request).text("role", "/role").times("created_at").toPredicate();
    }

    /** What is asked of a member is asked of the user; but the time of creation is the membership's. */
    private Predicate<ObjectNode> ofUser(ApiRequest request) {
        Predicate<ObjectNode> user = filter.ofMember(request);
        return membership -> user.test(
                instance.users().get(membership.at("/public_user_data/user_id").stringValue()));
    }
}
