package io.github.bellhop.simulator.svix;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages or attempts are wanted; what is null or empty decides nothing.
 *
 * @param before          made or begun before
 * @param after           made or begun after
 * @param channel         in this channel
 * @param tag             with this tag
 * @param eventTypes      of one of these types
 * @param status          of attempts and deliveries: which stand so
 * @param statusCodeClass of attempts: the hundreds of the HTTP status, such as 400; 0 for no answer
 * @param endpoint        of attempts: to this endpoint, by its id or uid
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
    /** Everything. */
    public static final Filter ALL = new Filter(null, null, null, null, Set.of(), null, null, null);

    /** Copies the types. */
    public Filter {
        eventTypes = Set.copyOf(eventTypes);
    }

    /** What was made or begun between two times, both of them included. */
    static Filter between(Instant since, @Nullable Instant until) {
        Instant before = until == null ? null : until.plusNanos(1);
        return new Filter(before, since.minusNanos(1), null, null, Set.of(), null, null, null);
    }

    boolean takes(StoredMessage message) {
        return in(message.info.timestamp()) && isAbout(message);
    }

    /** Looks at all of the message but its time, for attempts, which have times of their own. */
    boolean isAbout(StoredMessage message) {
        return (channel == null || message.info.channels().contains(channel))
                && (tag == null || message.info.tags().contains(tag))
                && (eventTypes.isEmpty() || eventTypes.contains(message.info.eventType()));
    }

    /** Looks at the attempt alone, not at its message. */
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
