package io.github.bellhop.event;

import io.github.bellhop.event.data.PaymentAttempt;

/** A payment was attempted, or a payment attempt changed. */
public sealed interface PaymentAttemptEvent extends ClerkEvent {
    @Override
    PaymentAttempt data();

    /** {@code paymentAttempt.created}. */
    record Created(EventMeta meta, PaymentAttempt data, RawPayload raw) implements PaymentAttemptEvent {}

    /** {@code paymentAttempt.updated}. */
    record Updated(EventMeta meta, PaymentAttempt data, RawPayload raw) implements PaymentAttemptEvent {}
}
