package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Permissions;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;

/** {@code /organization_permissions}. */
final class PermissionRoutes {
    private static final String ALL = "/organization_permissions";
    private static final String ONE = ALL + "/{id}";

    private final Permissions permissions;

    PermissionRoutes(ClerkInstance instance) {
        this.permissions = instance.permissions();
    }

    void addTo(Routes routes) {
        routes.on("GET", ALL, this::list)
                .on("POST", ALL, request -> ApiResponse.ok(permissions.create(Bodies.object(request))))
                .on("GET", ONE, request -> ApiResponse.ok(permissions.get(request.variable("id"))))
                .on(
                        "PATCH",
                        ONE,
                        request -> ApiResponse.ok(permissions.update(request.variable("id"), Bodies.object(request))))
                .on("DELETE", ONE, request -> ApiResponse.ok(permissions.delete(request.variable("id"))));
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.counted(permissions.list(
                ListQuery.of(request, "name", "key"),
                Filter.of(request)
                        .search("query", Filter.keys("id", "name", "key"))
                        .toPredicate()));
    }
}
