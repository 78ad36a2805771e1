package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role in organizations, with all of its permissions.
 *
 * @param key the key that memberships refer to, such as {@code org:member}
 */
public record Role(
        @Nullable String id,
        @Nullable String key,
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean isCreatorEligible,
        List<Permission> permissions,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its lists, which must not be null. */
    public Role {
        permissions = List.copyOf(permissions);
    }

    @Override
    public String toString() {
        return Printable.record("Role", id);
    }
}
