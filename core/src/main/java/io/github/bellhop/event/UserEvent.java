package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user was created, changed or deleted. */
public sealed interface UserEvent extends ClerkEvent {
    /** Returns the user as of the event; empty for a deletion. */
    default Optional<User> user() {
        if (this instanceof Created created) {
            return Optional.of(created.data());
        }
        return this instanceof Updated updated ? Optional.of(updated.data()) : Optional.empty();
    }

    /** Returns the user's id, even for a deletion; null only if Clerk did not send it. */
    default @Nullable String userId() {
        return this instanceof Deleted deleted
                ? deleted.data().id()
                : user().map(User::id).orElse(null);
    }

    /** {@code user.created}. */
    record Created(EventMeta meta, User data, RawPayload raw) implements UserEvent {}

    /** {@code user.updated}. Clerk also sends it when a directory removes the user ({@code deprovisioned}). */
    record Updated(EventMeta meta, User data, RawPayload raw) implements UserEvent {}

    /** {@code user.deleted}. The data contains little more than the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements UserEvent {}
}
