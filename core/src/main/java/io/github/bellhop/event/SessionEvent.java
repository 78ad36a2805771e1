package io.github.bellhop.event;

import io.github.bellhop.event.data.Session;

/** A session began or came to an end. That a session expired, was abandoned or replaced is told by no event. */
public sealed interface SessionEvent extends ClerkEvent {
    @Override
    Session data();

    /** {@code session.created}. */
    record Created(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.ended}. By the app or its user. */
    record Ended(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.pending}. It waits for the user to complete something. */
    record Pending(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.removed}. By the user signing out. */
    record Removed(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.revoked}. By an administrator or by Clerk. */
    record Revoked(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}
}
