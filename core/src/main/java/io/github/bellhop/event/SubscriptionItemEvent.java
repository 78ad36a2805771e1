package io.github.bellhop.event;

import io.github.bellhop.event.data.SubscriptionItem;

/** An item of a subscription was created or changed. A change of plan ends one item and starts another. */
public sealed interface SubscriptionItemEvent extends ClerkEvent {
    @Override
    SubscriptionItem data();

    /** {@code subscriptionItem.abandoned}. */
    record Abandoned(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.active}. */
    record Active(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.canceled}. The item remains active until the end of its period. */
    record Canceled(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.created}. Clerk's SDK still has this type; its schema no longer does. */
    record Created(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.ended}. */
    record Ended(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.freeTrialEnding}. */
    record FreeTrialEnding(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.incomplete}. */
    record Incomplete(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.pastDue}. */
    record PastDue(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.upcoming}. */
    record Upcoming(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.updated}. */
    record Updated(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}
}
