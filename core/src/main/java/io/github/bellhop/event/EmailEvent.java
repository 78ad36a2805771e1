package io.github.bellhop.event;

import io.github.bellhop.event.data.EmailMessage;

/** Clerk created an e-mail. If Clerk does not deliver it, the app must. */
public sealed interface EmailEvent extends ClerkEvent {
    @Override
    EmailMessage data();

    /** {@code email.created}. */
    record Created(EventMeta meta, EmailMessage data, RawPayload raw) implements EmailEvent {}
}
