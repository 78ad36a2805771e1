package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A past, current or future plan of a payer. A payer's current state is the sum of all items, never just the item of
 * the last event. The older format in payment attempts is read too.
 *
 * @param subscriptionId null if the item is nested in a subscription
 * @param plan null if prices were agreed individually
 * @param interval the billing interval, such as {@code month} or {@code annual}
 * @param periodEnd null on the default plan
 * @param prorationDate the date as Clerk writes it, such as {@code 2024-05-01}
 * @param lifetimePaid the amount in the currency's smallest unit
 * @param nextPaymentAmount the amount in the currency's smallest unit
 */
public record SubscriptionItem(
        @Nullable String id,
        @Nullable String status,
        @Nullable String subscriptionId,
        @Nullable Payer payer,
        @Nullable String planId,
        @Nullable Plan plan,
        @WireName({"interval", "plan_period"}) @Nullable String interval,
        @Nullable Boolean isFreeTrial,
        @Nullable Seats seats,
        @Nullable Money amount,
        @Nullable Credit credit,
        @Nullable Credits credits,
        @Nullable Instant periodStart,
        @Nullable Instant periodEnd,
        @Nullable String prorationDate,
        @Nullable Instant pastDueAt,
        @Nullable Instant canceledAt,
        @Nullable Instant endedAt,
        @Nullable Long lifetimePaid,
        @Nullable Long nextPaymentAmount,
        @Nullable Instant nextPaymentDate,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    @Override
    public String toString() {
        return Printable.record("SubscriptionItem", id);
    }
}
