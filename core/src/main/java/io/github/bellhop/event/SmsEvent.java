package io.github.bellhop.event;

import io.github.bellhop.event.data.SmsMessage;

/** Clerk created a text message. If Clerk does not deliver it, the app must. */
public sealed interface SmsEvent extends ClerkEvent {
    @Override
    SmsMessage data();

    /** {@code sms.created}. */
    record Created(EventMeta meta, SmsMessage data, RawPayload raw) implements SmsEvent {}
}
