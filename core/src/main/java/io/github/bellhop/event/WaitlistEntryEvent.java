package io.github.bellhop.event;

import io.github.bellhop.event.data.WaitlistEntry;

/** A waitlist entry was created or its status changed. Clerk sends no event when an entry is deleted. */
public sealed interface WaitlistEntryEvent extends ClerkEvent {
    @Override
    WaitlistEntry data();

    /** {@code waitlistEntry.created}. */
    record Created(EventMeta meta, WaitlistEntry data, RawPayload raw) implements WaitlistEntryEvent {}

    /** {@code waitlistEntry.updated}. */
    record Updated(EventMeta meta, WaitlistEntry data, RawPayload raw) implements WaitlistEntryEvent {}
}
