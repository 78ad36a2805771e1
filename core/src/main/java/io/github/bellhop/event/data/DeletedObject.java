package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The data of a deleted entity: little more than its id. Only the envelope contains the time of deletion.
 *
 * @param object the kind of entity, such as {@code user}
 * @param slug the slug; only for organizations
 * @param externalId the app's own id for the user; null if it had none
 */
public record DeletedObject(
        @Nullable String object,
        @Nullable String id,
        @Nullable Boolean deleted,
        @Nullable String slug,
        @Nullable String externalId)
        implements Entity {
    @Override
    public String toString() {
        return Printable.record("DeletedObject", id);
    }
}
