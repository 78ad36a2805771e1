package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A permission that a role can grant.
 *
 * @param key the key, such as {@code org:posts:edit}
 * @param type the kind of permission, such as {@code system} or {@code custom}
 */
public record Permission(
        @Nullable String id,
        @Nullable String key,
        @Nullable String name,
        @Nullable String description,
        @Nullable String type,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    @Override
    public String toString() {
        return Printable.record("Permission", id);
    }
}
