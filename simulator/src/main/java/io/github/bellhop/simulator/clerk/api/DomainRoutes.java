package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Domains;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /organization_domains} and those of one organization. */
final class DomainRoutes {
    private static final String ALL = "/organizations/{id}/domains";
    private static final String ONE = ALL + "/{domain_id}";

    private final ClerkInstance instance;
    private final Domains domains;

    DomainRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.domains = instance.domains();
    }

    void addTo(Routes routes) {
        routes.on(
                        "GET",
                        "/organization_domains",
                        request -> Bodies.counted(domains.list(null, ListQuery.of(request, "name"), filter(request))))
                .on(
                        "GET",
                        ALL,
                        request -> Bodies.counted(
                                domains.list(organization(request), ListQuery.of(request, "name"), filter(request))))
                .on(
                        "POST",
                        ALL,
                        request -> ApiResponse.ok(domains.create(organization(request), Bodies.object(request))))
                .on(
                        "PATCH",
                        ONE,
                        request -> ApiResponse.ok(domains.update(
                                organization(request), request.variable("domain_id"), Bodies.object(request))))
                .on(
                        "DELETE",
                        ONE,
                        request ->
                                ApiResponse.ok(domains.delete(organization(request), request.variable("domain_id"))));
    }

    private String organization(ApiRequest request) {
        return instance.organizations().id(request.variable("id"));
    }

    private static Predicate<ObjectNode> filter(ApiRequest request) {
        return Filter.of(request)
                .text("organization_id", "/organization_id")
                .text("enrollment_mode", "/enrollment_mode")
                .flag("verified", Domains::isVerified)
                .search("query", Filter.keys("name"))
                .toPredicate();
    }
}
