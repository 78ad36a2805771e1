package io.github.bellhop.event;

import io.github.bellhop.event.data.Entity;
import org.jspecify.annotations.Nullable;

/**
 * An event whose type is absent or unknown to Bellhop: Clerk adds types without notice. The payload is complete.
 *
 * @param meta the event's metadata; {@code meta.type()} is null if the payload has no type
 * @param raw  the payload
 */
public record UnknownEvent(EventMeta meta, RawPayload raw) implements ClerkEvent {
    /** Always returns null. */
    @Override
    public @Nullable Entity data() {
        return null;
    }
}
