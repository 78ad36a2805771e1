package io.github.bellhop.simulator.svix;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A message to create.
 *
 * @param eventType the event type
 * @param payload   the exact bytes to send; not copied
 * @param eventId   a caller-defined unique id; null for none
 * @param channels  the channels; an endpoint that lists channels receives the message only if it lists one of these
 * @param tags      tags to filter lists by
 * @param deliverAt the time of delivery; null to deliver at once
 * @param retention how long to keep the payload, at most 90 days
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewMessage(
        String eventType,
        byte[] payload,
        @Nullable String eventId,
        Set<String> channels,
        Set<String> tags,
        @Nullable Instant deliverAt,
        Duration retention) {
    /** The longest time that Svix keeps a payload. */
    public static final Duration LONGEST_RETENTION = Duration.ofDays(90);

    /** Copies the collections. */
    public NewMessage {
        channels = Collections.unmodifiableSet(new TreeSet<>(channels));
        tags = Collections.unmodifiableSet(new TreeSet<>(tags));
    }

    /** Creates a message for all endpoints, with this payload in UTF-8. */
    public static NewMessage of(String eventType, String payload) {
        return of(eventType, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a message for all endpoints, with these bytes as its payload. */
    public static NewMessage of(String eventType, byte[] payload) {
        return new NewMessage(eventType, payload, null, Set.of(), Set.of(), null, LONGEST_RETENTION);
    }

    /** Returns a copy with a caller-defined id. */
    public NewMessage eventId(@Nullable String id) {
        return new NewMessage(eventType, payload, id, channels, tags, deliverAt, retention);
    }

    /** Returns a copy in these channels. */
    public NewMessage channels(Collection<String> names) {
        return new NewMessage(eventType, payload, eventId, new TreeSet<>(names), tags, deliverAt, retention);
    }

    /** Returns a copy to deliver at this time; null to deliver at once. */
    public NewMessage deliverAt(@Nullable Instant time) {
        return new NewMessage(eventType, payload, eventId, channels, tags, time, retention);
    }

    /** Returns a copy whose payload is kept for this long. */
    public NewMessage retention(Duration kept) {
        return new NewMessage(eventType, payload, eventId, channels, tags, deliverAt, kept);
    }

    /** Leaves out the payload. */
    @Override
    public String toString() {
        return "NewMessage[" + eventType + ", " + eventId + "]";
    }
}
