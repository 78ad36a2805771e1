package io.github.bellhop.simulator.svix;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects messages or attempts. A null or empty component matches everything.
 *
 * @param before          created or started before this time
 * @param after           created or started after this time
 * @param channel         in this channel
 * @param tag             with this tag
 * @param eventTypes      of one of these types
 * @param status          attempts and deliveries only: with this status
 * @param statusCodeClass attempts only: the class of the HTTP status, such as 400 for 4xx; 0 for no answer
 * @param endpoint        attempts only: to the endpoint with this id or uid
 */
public record Filter(
        @Nullable Instant before,
        @Nullable Instant after,
        @Nullable String channel,
        @Nullable String tag,
        Set<String> eventTypes,
        @Nullable AttemptStatus status,
        @Nullable Integer statusCodeClass,
        @Nullable String endpoint) {
    /** Selects everything. */
    public static final Filter ALL = new Filter(null, null, null, null, Set.of(), null, null, null);

    /** Copies the types. */
    public Filter {
        eventTypes = Set.copyOf(eventTypes);
    }

    /** The class of HTTP statuses with this number, such as 400; null if Svix has no such class. */
    public static @Nullable Integer statusCodeClass(int number) {
        return number >= 0 && number <= 500 && number % 100 == 0 ? (Integer) number : null;
    }

    /** Selects a time range. Both ends are inclusive. */
    static Filter between(Instant since, @Nullable Instant until) {
        Instant before = until == null ? null : until.plusNanos(1);
        return new Filter(before, since.minusNanos(1), null, null, Set.of(), null, null, null);
    }

    boolean takes(StoredMessage message) {
        return in(message.info.timestamp()) && isAbout(message);
    }

    /** Whether a message matches, apart from its time. Used for attempts, which have their own times. */
    boolean isAbout(StoredMessage message) {
        return (channel == null || message.info.channels().contains(channel))
                && (tag == null || message.info.tags().contains(tag))
                && (eventTypes.isEmpty() || eventTypes.contains(message.info.eventType()));
    }

    /** Whether an attempt matches, regardless of its message. */
    boolean takes(Attempt attempt) {
        return in(attempt.timestamp()) && (status == null || status == attempt.status()) && hasCodeOf(attempt);
    }

    boolean hasCodeOf(Attempt attempt) {
        return statusCodeClass == null || statusCodeClass == attempt.statusCode() / 100 * 100;
    }

    private boolean in(Instant time) {
        return (before == null || time.isBefore(before)) && (after == null || time.isAfter(after));
    }
}
