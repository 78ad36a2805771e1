package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user was created, changed or deleted. */
public sealed interface UserEvent extends ClerkEvent {
    /** The user as they are now; empty when they were deleted. */
    default Optional<User> user() {
        if (this instanceof Created created) {
            return Optional.of(created.data());
        }
        return this instanceof Updated updated ? Optional.of(updated.data()) : Optional.empty();
    }

    /** The user's id, also of one who was deleted; null only when Clerk sent none. */
    default @Nullable String userId() {
        return this instanceof Deleted deleted
                ? deleted.data().id()
                : user().map(User::id).orElse(null);
    }

    /** {@code user.created}. */
    record Created(EventMeta meta, User data, RawPayload raw) implements UserEvent {}

    /** {@code user.updated}. Also when a directory removes the user ({@code deprovisioned}). */
    record Updated(EventMeta meta, User data, RawPayload raw) implements UserEvent {}

    /** {@code user.deleted}. Little is left but the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements UserEvent {}
}
