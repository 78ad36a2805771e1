package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.Billing;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.ItemStatus;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /billing} and the subscriptions of users and organizations, which there are since version 2025-11-10. */
final class BillingRoutes {
    private final Billing billing;

    BillingRoutes(ClerkInstance instance) {
        this.billing = instance.billing();
    }

    void addTo(Routes routes) {
        routes.on("GET", "/billing/plans", this::plans)
                .on("GET", "/billing/subscription_items", this::items)
                .on("DELETE", "/billing/subscription_items/{id}", this::cancel);
    }

    private ApiResponse plans(ApiRequest request) {
        requireVersion(request);
        return Bodies.counted(billing.listPlans(
                ListQuery.of(request),
                Filter.of(request).text("payer_type", "/for_payer_type").toPredicate()));
    }

    private ApiResponse items(ApiRequest request) {
        requireVersion(request);
        boolean free = Boolean.TRUE.equals(ListQuery.flag(request, "include_free"));
        Predicate<ObjectNode> wanted = Filter.of(request)
                .text("status", "/status")
                .text("plan_id", "/plan_id")
                .texts("payer_type", item -> Stream.of(item.at("/payer/user_id").isString() ? "user" : "org"))
                .toPredicate();
        return Bodies.counted(billing.listItems(
                ListQuery.of(request),
                wanted.and(item -> free || item.at("/plan/fee/amount").asLong(0) > 0)));
    }

    private ApiResponse cancel(ApiRequest request) {
        requireVersion(request);
        boolean now = Boolean.TRUE.equals(ListQuery.flag(request, "end_now"));
        return ApiResponse.ok(billing.move(request.variable("id"), now ? ItemStatus.ENDED : ItemStatus.CANCELED));
    }

    /** The subscription of a user or an organization. */
    static ApiResponse subscription(ClerkInstance instance, ApiRequest request, String ownerId) {
        requireVersion(request);
        return ApiResponse.ok(instance.billing().get(ownerId));
    }

    private static void requireVersion(ApiRequest request) {
        if (!ApiVersions.isSince(request, ApiVersions.WITH_BILLING)) {
            throw ClerkRefusedException.of(
                    404,
                    "resource_not_found",
                    "not found",
                    "There is billing since version " + ApiVersions.WITH_BILLING + ".");
        }
    }
}
