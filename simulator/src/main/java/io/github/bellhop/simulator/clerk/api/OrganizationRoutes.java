package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Organizations;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import tools.jackson.databind.node.ObjectNode;

/** {@code /organizations}. */
final class OrganizationRoutes {
    private static final String ONE = "/organizations/{id}";

    private final ClerkInstance instance;
    private final Organizations organizations;

    OrganizationRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.organizations = instance.organizations();
    }

    void addTo(Routes routes) {
        routes.on("GET", "/organizations", this::list)
                .on("POST", "/organizations", request -> ApiResponse.ok(organizations.create(Bodies.object(request))))
                .on("GET", ONE, this::get)
                .on("PATCH", ONE, this::update)
                .on("DELETE", ONE, request -> ApiResponse.ok(organizations.delete(request.variable("id"))))
                .on(
                        "PATCH",
                        ONE + "/metadata",
                        request -> ApiResponse.ok(
                                organizations.mergeMetadata(request.variable("id"), Bodies.object(request))))
                .on(
                        "PUT",
                        ONE + "/metadata",
                        request -> ApiResponse.ok(
                                organizations.replaceMetadata(request.variable("id"), Bodies.object(request))))
                .on(
                        "GET",
                        ONE + "/billing/subscription",
                        request -> BillingRoutes.subscription(
                                instance, request, organizations.id(request.variable("id"))));
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.counted(organizations.list(
                ListQuery.of(request, "name", "members_count"),
                wantsCounts(request),
                Filter.of(request)
                        .key("organization_id", "id")
                        .related(
                                "user_id",
                                (organization, id) -> instance.memberships().exists(id(organization), id))
                        .search("query", Filter.keys("id", "name", "slug"))
                        .toPredicate()));
    }

    private ApiResponse get(ApiRequest request) {
        String id = request.variable("id");
        return ApiResponse.ok(wantsCounts(request) ? organizations.getCounted(id) : organizations.get(id));
    }

    private ApiResponse update(ApiRequest request) {
        return ApiResponse.ok(
                organizations.update(request.variable("id"), MetadataApart.checked(request, Bodies.object(request))));
    }

    private static boolean wantsCounts(ApiRequest request) {
        return Boolean.TRUE.equals(ListQuery.flag(request, "include_members_count"));
    }

    private static String id(ObjectNode organization) {
        return organization.path("id").stringValue();
    }
}
