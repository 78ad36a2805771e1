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
 * A message to be made.
 *
 * @param eventType the type of event
 * @param payload   the exact bytes that are sent; not copied
 * @param eventId   an id of one's own, under which there may be one message only; null for none
 * @param channels  endpoints with channels get it only by one of these
 * @param tags      found by in lists
 * @param deliverAt null for now
 * @param retention how long the payload is kept, 90 days at most
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
    /** The longest that Svix keeps a payload. */
    public static final Duration LONGEST_RETENTION = Duration.ofDays(90);

    /** Copies what is many. */
    public NewMessage {
        channels = Collections.unmodifiableSet(new TreeSet<>(channels));
        tags = Collections.unmodifiableSet(new TreeSet<>(tags));
    }

    /** A message for everyone, of a text. */
    public static NewMessage of(String eventType, String payload) {
        return of(eventType, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A message for everyone. */
    public static NewMessage of(String eventType, byte[] payload) {
        return new NewMessage(eventType, payload, null, Set.of(), Set.of(), null, LONGEST_RETENTION);
    }

    /** The same with an id of one's own. */
    public NewMessage eventId(@Nullable String id) {
        return new NewMessage(eventType, payload, id, channels, tags, deliverAt, retention);
    }

    /** The same in these channels. */
    public NewMessage channels(Collection<String> names) {
        return new NewMessage(eventType, payload, eventId, new TreeSet<>(names), tags, deliverAt, retention);
    }

    /** The same at a later time. */
    public NewMessage deliverAt(@Nullable Instant time) {
        return new NewMessage(eventType, payload, eventId, channels, tags, time, retention);
    }

    /** The same with a payload that is kept for another time. */
    public NewMessage retention(Duration kept) {
        return new NewMessage(eventType, payload, eventId, channels, tags, deliverAt, kept);
    }

    /** Without the payload. */
    @Override
    public String toString() {
        return "NewMessage[" + eventType + ", " + eventId + "]";
    }
}
