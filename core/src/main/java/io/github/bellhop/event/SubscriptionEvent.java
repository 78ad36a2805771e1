package io.github.bellhop.event;

import io.github.bellhop.event.data.Subscription;

/** A subscription was created or changed. */
public sealed interface SubscriptionEvent extends ClerkEvent {
    @Override
    Subscription data();

    /** {@code subscription.active}. */
    record Active(EventMeta meta, Subscription data, RawPayload raw) implements SubscriptionEvent {}

    /** {@code subscription.created}. */
    record Created(EventMeta meta, Subscription data, RawPayload raw) implements SubscriptionEvent {}

    /** {@code subscription.pastDue}. */
    record PastDue(EventMeta meta, Subscription data, RawPayload raw) implements SubscriptionEvent {}

    /** {@code subscription.updated}. */
    record Updated(EventMeta meta, Subscription data, RawPayload raw) implements SubscriptionEvent {}
}
