package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Roles;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.util.function.Function;

/** {@code /organization_roles}, which there is since version 2024-10-01. */
final class RoleRoutes {
    private static final String ALL = "/organization_roles";
    private static final String ONE = ALL + "/{id}";
    private static final String PERMISSION = ONE + "/permissions/{permission_id}";

    private final Roles roles;

    RoleRoutes(ClerkInstance instance) {
        this.roles = instance.roles();
    }

    void addTo(Routes routes) {
        routes.on("GET", ALL, since(this::list))
                .on("POST", ALL, since(request -> ApiResponse.ok(roles.create(Bodies.object(request)))))
                .on("GET", ONE, since(request -> ApiResponse.ok(roles.get(request.variable("id")))))
                .on(
                        "PATCH",
                        ONE,
                        since(request -> ApiResponse.ok(roles.update(request.variable("id"), Bodies.object(request)))))
                .on("DELETE", ONE, since(request -> ApiResponse.ok(roles.delete(request.variable("id")))))
                .on(
                        "POST",
                        PERMISSION,
                        since(request -> ApiResponse.ok(
                                roles.assign(request.variable("id"), request.variable("permission_id")))))
                .on(
                        "DELETE",
                        PERMISSION,
                        since(request -> ApiResponse.ok(
                                roles.withdraw(request.variable("id"), request.variable("permission_id")))));
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.counted(roles.list(
                ListQuery.of(request, "name", "key"),
                Filter.of(request)
                        .search("query", Filter.keys("id", "name", "key"))
                        .toPredicate()));
    }

    private static Function<ApiRequest, ApiResponse> since(Function<ApiRequest, ApiResponse> answer) {
        return request -> {
            if (!ApiVersions.isSince(request, ApiVersions.WITH_ROLES)) {
                throw ClerkRefusedException.of(
                        404,
                        "resource_not_found",
                        "not found",
                        "There is " + ALL + " since version " + ApiVersions.WITH_ROLES + ".");
            }
            return answer.apply(request);
        };
    }
}
