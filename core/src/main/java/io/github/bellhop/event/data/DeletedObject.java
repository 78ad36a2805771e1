package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What Clerk tells of a deleted thing: little more than its id. Only the envelope says when it was deleted.
 *
 * @param object what it was, such as {@code user}
 * @param slug the slug, of an organization
 * @param externalId the id that the app had given to a user, when it had
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
