package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.delivery.OutgoingMessage;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that was made.
 *
 * @param id        the {@code svix-id} of all of its deliveries
 * @param eventType the type of event
 * @param content   what is sent; null when it was deleted or is no longer kept
 * @param eventId   the sender's own id; null for none
 * @param channels  may be empty
 * @param tags      may be empty
 * @param deliverAt null when it was sent at once
 * @param timestamp when it was made
 */
public record Message(
        String id,
        String eventType,
        @Nullable OutgoingMessage content,
        @Nullable String eventId,
        Set<String> channels,
        Set<String> tags,
        @Nullable Instant deliverAt,
        Instant timestamp) {
    /** The text that is sent; null when it was deleted or is no longer kept. */
    public @Nullable String payload() {
        return content == null ? null : content.text();
    }

    Message withoutContent() {
        return content == null ? this : new Message(id, eventType, null, eventId, channels, tags, deliverAt, timestamp);
    }

    /** Without the payload. */
    @Override
    public String toString() {
        return "Message[" + id + ", " + eventType + "]";
    }
}
