package io.github.bellhop.simulator.dispatch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after a failed attempt: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, so that there are eight attempts.
 * Each wait is spread by a fifth in both directions. Safe for concurrent use if the random source is.
 *
 * @see <a href="https://docs.svix.com/retries">Svix: the schedule</a>
 * @hidden
 */
public final class RetrySchedule {
    /** Svix's waits, each counted from the failure of the attempt before. */
    public static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private static final double JITTER = 0.2;
    private static final int MOST_SECONDS = 1_000_000;

    private final RandomGenerator random;
    private final double timeScale;

    /**
     * Svix's schedule.
     *
     * @param timeScale how much faster time is to pass; 3600 makes an hour a second
     */
    public RetrySchedule(RandomGenerator random, double timeScale) {
        if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
            throw new IllegalArgumentException("A time scale is a number above 0, not " + timeScale);
        }
        this.random = random;
        this.timeScale = timeScale;
    }

    /**
     * The wait after a failure; null when there are no further attempts.
     *
     * @param attempts   how many were made, 1 at least
     * @param retryAfter the answer's {@code Retry-After}, if it had one: it counts between once and twice the wait
     * @param now        to which a date in it is compared
     */
    public @Nullable Duration waitAfter(int attempts, @Nullable String retryAfter, Instant now) {
        if (attempts > WAITS.size()) {
            return null;
        }
        Duration wait = WAITS.get(attempts - 1);
        Duration asked = asked(retryAfter, now);
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked.compareTo(wait.multipliedBy(2)) > 0 ? wait.multipliedBy(2) : asked;
        }
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return scaled(wait, factor);
    }

    /** How long a {@code Retry-After} of seconds, or of a date, asks to wait; null when it cannot be read. */
    private static @Nullable Duration asked(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}(\\.[0-9]{0,9})?")) {
            return Duration.ofSeconds((long) Math.ceil(Math.min(MOST_SECONDS, Double.parseDouble(text))));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Duration.between(now, date);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** A length of Svix's time on the simulator's clock. */
    public Duration scaled(Duration real) {
        return scaled(real, 1);
    }

    private Duration scaled(Duration real, double factor) {
        return Duration.ofNanos(Math.round(real.toNanos() * factor / timeScale));
    }
}
