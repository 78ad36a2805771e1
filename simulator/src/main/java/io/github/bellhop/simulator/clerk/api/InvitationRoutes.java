package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Invitations;
import io.github.bellhop.simulator.clerk.Page;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /organization_invitations}, those of one organization, and {@code /invitations} into the application. */
final class InvitationRoutes {
    private static final String ALL = "/organizations/{id}/invitations";
    private static final String ONE = ALL + "/{invitation_id}";

    private final ClerkInstance instance;
    private final Invitations invitations;

    InvitationRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.invitations = instance.invitations();
    }

    void addTo(Routes routes) {
        routes.on(
                        "GET",
                        "/organization_invitations",
                        request -> Bodies.counted(
                                invitations.list(null, ListQuery.of(request, "email_address"), filter(request))))
                .on("GET", ALL, this::list)
                .on(
                        "POST",
                        ALL,
                        request -> ApiResponse.ok(invitations.create(organization(request), Bodies.object(request))))
                .on("POST", ALL + "/bulk", this::createAll)
                .on(
                        "GET",
                        ONE,
                        request -> ApiResponse.ok(
                                invitations.get(organization(request), request.variable("invitation_id"))))
                .on(
                        "POST",
                        ONE + "/revoke",
                        request -> ApiResponse.ok(
                                invitations.revoke(organization(request), request.variable("invitation_id"))))
                .on("GET", "/invitations", this::listOfApplication);
    }

    private String organization(ApiRequest request) {
        return instance.organizations().id(request.variable("id"));
    }

    private static Predicate<ObjectNode> filter(ApiRequest request) {
        return Filter.of(request)
                .text("status", "/status")
                .text("email_address", "/email_address")
                .search("query", Filter.keys("email_address", "id"))
                .toPredicate();
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.counted(
                invitations.list(organization(request), ListQuery.of(request, "email_address"), filter(request)));
    }

    private ApiResponse createAll(ApiRequest request) {
        List<ObjectNode> created = invitations.createAll(organization(request), Bodies.objects(request));
        return Bodies.counted(new Page(created, created.size()));
    }

    private ApiResponse listOfApplication(ApiRequest request) {
        return Bodies.arrayUnlessPaginated(
                request,
                instance.waitlist()
                        .listInvitations(ListQuery.of(request, "email_address", "expires_at"), filter(request)));
    }
}
