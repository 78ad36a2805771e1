package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.User;

/** A user was created, changed or deleted. */
public sealed interface UserEvent extends ClerkEvent {
    /** {@code user.created}. */
    record Created(EventMeta meta, User data, RawPayload raw) implements UserEvent {}

    /** {@code user.updated}. Also when a directory removes the user ({@code deprovisioned}). */
    record Updated(EventMeta meta, User data, RawPayload raw) implements UserEvent {}

    /** {@code user.deleted}. Little is left but the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements UserEvent {}
}
