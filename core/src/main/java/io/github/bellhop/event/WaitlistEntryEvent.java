package io.github.bellhop.event;

import io.github.bellhop.event.data.WaitlistEntry;

/** Someone joined the waitlist or moved on it. That an entry was deleted is told by no event. */
public sealed interface WaitlistEntryEvent extends ClerkEvent {
    @Override
    WaitlistEntry data();

    /** {@code waitlistEntry.created}. */
    record Created(EventMeta meta, WaitlistEntry data, RawPayload raw) implements WaitlistEntryEvent {}

    /** {@code waitlistEntry.updated}. */
    record Updated(EventMeta meta, WaitlistEntry data, RawPayload raw) implements WaitlistEntryEvent {}
}
