package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's sign-in on one device. Clerk sends no event when a session expires; see {@code expireAt} and
 * {@code abandonAt}.
 *
 * @param user the whole user, as of the event; null in older payloads
 * @param clientId the id that the sessions of one device share
 * @param status the status, such as {@code active}, {@code pending}, {@code ended}, {@code removed}, {@code revoked}
 * @param actor the person who impersonates the user; empty if nobody does
 */
public record Session(
        @Nullable String id,
        @Nullable String userId,
        @Nullable User user,
        @Nullable String clientId,
        @Nullable String status,
        Map<String, @Nullable Object> actor,
        @Nullable String lastActiveOrganizationId,
        @Nullable SessionActivity latestActivity,
        @Nullable Instant lastActiveAt,
        @Nullable Instant expireAt,
        @Nullable Instant abandonAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its metadata, which must not be null. */
    public Session {
        actor = FreeJson.copyOf(actor);
    }

    /** Returns whether someone impersonates the user in this session. */
    public boolean impersonated() {
        return !actor.isEmpty();
    }

    @Override
    public String toString() {
        return Printable.record("Session", id);
    }
}
