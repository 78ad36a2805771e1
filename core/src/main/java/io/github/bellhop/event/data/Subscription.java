package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payer's subscription, which contains its items. Clerk sends no event when it ends; only the events of its items
 * show that.
 *
 * @param items the items; their {@code payer} and {@code subscriptionId} are null, because the subscription has both
 */
public record Subscription(
        @Nullable String id,
        @Nullable String status,
        @Nullable String payerId,
        @Nullable Payer payer,
        @Nullable String paymentSourceId,
        @Nullable String latestPaymentId,
        List<SubscriptionItem> items,
        @Nullable Instant activeAt,
        @Nullable Instant pastDueAt,
        @Nullable Instant canceledAt,
        @Nullable Instant endedAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its lists, which must not be null. */
    public Subscription {
        items = List.copyOf(items);
    }

    @Override
    public String toString() {
        return Printable.record("Subscription", id);
    }
}
