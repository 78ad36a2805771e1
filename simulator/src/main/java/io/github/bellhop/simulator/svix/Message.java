package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.delivery.OutgoingMessage;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that was sent or is scheduled.
 *
 * @param id        the {@code svix-id} of all its deliveries
 * @param eventType the event type
 * @param content   the payload; null if it was deleted or has expired
 * @param eventId   a caller-defined id; null for none
 * @param channels  the channels; may be empty
 * @param tags      the tags; may be empty
 * @param deliverAt the scheduled time of delivery; null if the message was sent at once
 * @param timestamp when the message was created
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
    /** The payload as a string; null if it was deleted or has expired. */
    public @Nullable String payload() {
        return content == null ? null : content.text();
    }

    Message withoutContent() {
        return content == null ? this : new Message(id, eventType, null, eventId, channels, tags, deliverAt, timestamp);
    }

    /** Leaves out the payload. */
    @Override
    public String toString() {
        return "Message[" + id + ", " + eventType + "]";
    }
}
