package io.github.bellhop.sync.settings;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.InvalidSettingException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a failed attempt is retried: with exponential backoff, and with jitter so that attempts that failed together are
 * not retried together.
 *
 * @param firstDelay  the delay after the first failure
 * @param maxDelay    the maximum delay
 * @param maxAttempts the number of attempts before a message or a handler run becomes a dead letter; at least 1
 */
public record RetryPolicy(Duration firstDelay, Duration maxDelay, int maxAttempts) {
    /** Twelve attempts over about a day and a half: 5 s, 15 s, 45 s, 2 min, 7 min, 20 min, 1 h, 3 h, then 6 h each. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(6), 12);

    private static final int FACTOR = 3;
    private static final double JITTER = 0.2;

    /**
     * Validates the delays and the number of attempts.
     *
     * @throws InvalidSettingException if a value is invalid; the message names the first one
     */
    public RetryPolicy {
        require(firstDelay.compareTo(Duration.ZERO) > 0, "bellhop.retry.first-delay", "a time above zero");
        require(
                maxDelay.compareTo(firstDelay) >= 0,
                "bellhop.retry.max-delay",
                "at least as long as bellhop.retry.first-delay");
        require(maxAttempts > 0, "bellhop.retry.max-attempts", "a number above zero");
    }

    /**
     * Returns the delay after a failure.
     *
     * @param failures the number of failed attempts, including the last one
     * @param random   the source of the jitter
     * @return the delay; null if the attempts are used up
     */
    public @Nullable Duration delayAfter(int failures, RandomGenerator random) {
        if (failures >= maxAttempts) {
            return null;
        }
        double delay = (double) firstDelay.toMillis() * Math.pow(FACTOR, failures - 1.0);
        double capped = Math.min(delay, (double) maxDelay.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
