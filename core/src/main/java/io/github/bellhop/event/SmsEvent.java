package io.github.bellhop.event;

import io.github.bellhop.event.data.SmsMessage;

/** Clerk made a text message; when it does not deliver it, the app must. */
public sealed interface SmsEvent extends ClerkEvent {
    @Override
    SmsMessage data();

    /** {@code sms.created}. */
    record Created(EventMeta meta, SmsMessage data, RawPayload raw) implements SmsEvent {}
}
