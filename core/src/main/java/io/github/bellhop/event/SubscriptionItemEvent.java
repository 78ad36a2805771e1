package io.github.bellhop.event;

import io.github.bellhop.event.data.SubscriptionItem;

/** An item of a subscription was created or changed. A change of plan is an end of one item and a beginning of another. */
public sealed interface SubscriptionItemEvent extends ClerkEvent {
    @Override
    SubscriptionItem data();

    /** {@code subscriptionItem.abandoned}. */
    record Abandoned(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.active}. */
    record Active(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.canceled}. It still runs to the end of its period. */
    record Canceled(EventMeta meta, SubscriptionItem data, RawPayload raw) implements SubscriptionItemEvent {}

    /** {@code subscriptionItem.created}. No longer in Clerk's schema; still in its SDK. */
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
