package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in of a user on one device. No event tells that a session expired: see {@code expireAt} and {@code
 * abandonAt}.
 *
 * @param user the whole user, as of the event; absent from older payloads
 * @param clientId groups one device's sessions
 * @param status such as {@code active}, {@code pending}, {@code ended}, {@code removed}, {@code revoked}
 * @param actor who impersonates the user; empty when nobody does
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

    /** Whether somebody else acts as the user in this session. */
    public boolean impersonated() {
        return !actor.isEmpty();
    }

    @Override
    public String toString() {
        return Printable.record("Session", id);
    }
}
