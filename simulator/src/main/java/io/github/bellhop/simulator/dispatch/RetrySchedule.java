package io.github.bellhop.simulator.dispatch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Svix's retry schedule: waits of 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, so eight attempts in total. Each wait
 * has a random jitter of up to 20% in either direction. Safe for concurrent use if the random source is.
 *
 * @see <a href="https://docs.svix.com/retries">Svix: the schedule</a>
 * @hidden
 */
public final class RetrySchedule {
    /** Svix's waits, each measured from the previous failure. */
    public static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private static final double JITTER = 0.2;
    private static final int MAX_SECONDS = 1_000_000;

    private final RandomGenerator random;
    private final double timeScale;

    /**
     * Creates the schedule.
     *
     * @param timeScale how much faster time passes; 3600 turns an hour into a second
     */
    public RetrySchedule(RandomGenerator random, double timeScale) {
        if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
            throw new IllegalArgumentException("The time scale must be a number above 0, not " + timeScale);
        }
        this.random = random;
        this.timeScale = timeScale;
    }

    /**
     * The wait after a failure; null if there are no more attempts.
     *
     * @param attempts   the number of attempts made so far, at least 1
     * @param retryAfter the answer's {@code Retry-After}, if any; the wait is at least the scheduled wait and at most
     *                   twice as long
     * @param now        the current time, which a date in {@code retryAfter} is compared with
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

    /** Parses a {@code Retry-After} header, which is a number of seconds or a date; returns null if it is malformed. */
    private static @Nullable Duration asked(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}(\\.[0-9]{0,9})?")) {
            return Duration.ofSeconds((long) Math.ceil(Math.min(MAX_SECONDS, Double.parseDouble(text))));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Duration.between(now, date);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** Converts one of Svix's durations to the simulator's time scale. */
    public Duration scaled(Duration real) {
        return scaled(real, 1);
    }

    private Duration scaled(Duration real, double factor) {
        return Duration.ofNanos(Math.round(real.toNanos() * factor / timeScale));
    }
}
