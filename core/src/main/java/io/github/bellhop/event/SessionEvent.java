package io.github.bellhop.event;

import io.github.bellhop.event.data.Session;

/** A session started or ended. Clerk sends no event when a session expires, is abandoned or is replaced. */
public sealed interface SessionEvent extends ClerkEvent {
    @Override
    Session data();

    /** {@code session.created}. */
    record Created(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.ended}. The app or the user ended the session. */
    record Ended(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.pending}. The session waits for the user to complete a task. */
    record Pending(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.removed}. The user signed out. */
    record Removed(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}

    /** {@code session.revoked}. An administrator or Clerk revoked the session. */
    record Revoked(EventMeta meta, Session data, RawPayload raw) implements SessionEvent {}
}
