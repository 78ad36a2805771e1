package io.github.bellhop.event;

import io.github.bellhop.event.data.Entity;
import org.jspecify.annotations.Nullable;

/**
 * An event of a type that Bellhop does not know yet, or of none. Its payload is whole: Clerk adds types without notice.
 *
 * @param meta what is known of it; {@code meta.type()} is null when the payload names no type
 * @param raw  the payload
 */
public record UnknownEvent(EventMeta meta, RawPayload raw) implements ClerkEvent {
    /** Always null. */
    @Override
    public @Nullable Entity data() {
        return null;
    }
}
