package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One plan that a payer has, had or will have. What a payer has now is the sum of all its items, never the last
 * event's. In payment attempts Clerk sends an older form, which is read too.
 *
 * @param subscriptionId null inside a subscription
 * @param plan null where prices were agreed one by one
 * @param interval such as {@code month} or {@code annual}
 * @param periodEnd null on the default plan
 * @param prorationDate as Clerk writes it, such as {@code 2024-05-01}
 * @param lifetimePaid in the currency's smallest unit
 * @param nextPaymentAmount in the currency's smallest unit
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
