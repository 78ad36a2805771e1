package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Users;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** {@code /users}. */
final class UserRoutes {
    private static final String[] ORDERS = {
        "updated_at",
        "last_active_at",
        "last_sign_in_at",
        "email_address",
        "phone_number",
        "web3_wallet",
        "username",
        "first_name",
        "last_name"
    };

    private final ClerkInstance instance;
    private final Users users;
    private final UserFilter filter;

    UserRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.users = instance.users();
        this.filter = new UserFilter(instance);
    }

    void addTo(Routes routes) {
        routes.on("GET", "/users", this::list)
                .on("POST", "/users", request -> ApiResponse.ok(users.create(Bodies.object(request))))
                .on("GET", "/users/count", this::count)
                .on("GET", "/users/{id}", one(users::get))
                .on("PATCH", "/users/{id}", this::update)
                .on("DELETE", "/users/{id}", one(users::delete))
                .on(
                        "PATCH",
                        "/users/{id}/metadata",
                        request -> ApiResponse.ok(users.mergeMetadata(request.variable("id"), Bodies.object(request))))
                .on(
                        "PUT",
                        "/users/{id}/metadata",
                        request ->
                                ApiResponse.ok(users.replaceMetadata(request.variable("id"), Bodies.object(request))))
                .on("POST", "/users/{id}/ban", one(users::ban))
                .on("POST", "/users/{id}/unban", one(users::unban))
                .on("POST", "/users/{id}/lock", one(users::lock))
                .on("POST", "/users/{id}/unlock", one(users::unlock))
                .on("DELETE", "/users/{id}/external_accounts/{account_id}", this::unlink)
                .on(
                        "GET",
                        "/users/{id}/organization_memberships",
                        request -> Bodies.counted(
                                instance.memberships().listOfUser(request.variable("id"), ListQuery.of(request))))
                .on("GET", "/users/{id}/billing/subscription", this::subscription);
    }

    private static Function<ApiRequest, ApiResponse> one(Function<String, ObjectNode> call) {
        return request -> ApiResponse.ok(call.apply(request.variable("id")));
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.array(users.list(ListQuery.withCursor(request, ORDERS), filter.of(request)));
    }

    private ApiResponse count(ApiRequest request) {
        return ApiResponse.ok(
                ApiJson.object().put("object", "total_count").put("total_count", users.count(filter.of(request))));
    }

    private ApiResponse update(ApiRequest request) {
        return ApiResponse.ok(
                users.update(request.variable("id"), MetadataApart.checked(request, Bodies.object(request))));
    }

    private ApiResponse unlink(ApiRequest request) {
        String account = request.variable("account_id");
        instance.externalAccounts().unlink(request.variable("id"), account);
        return ApiResponse.ok(ApiJson.object()
                .put("object", "external_account")
                .put("id", account)
                .put("deleted", true));
    }

    private ApiResponse subscription(ApiRequest request) {
        users.get(request.variable("id"));
        return BillingRoutes.subscription(instance, request, request.variable("id"));
    }
}
