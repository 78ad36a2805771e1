package io.github.bellhop.sync.fetch;

import java.time.Duration;

/**
 * How much may be asked of Clerk. Clerk itself answers 100 requests in 10 seconds to an instance for development, 1,000
 * to one for production.
 *
 * @param perSecond      how many requests in a second, on the average
 * @param burst          how many at once after a pause
 * @param atOnce         how many may be under way
 * @param rememberFor    how long it is remembered that Clerk knows no such entity
 * @param rememberAtMost of how many ids that is remembered; the oldest goes
 */
public record FetchSettings(int perSecond, int burst, int atOnce, Duration rememberFor, int rememberAtMost) {
    /** 10 in a second, 20 at once after a pause, 16 under way; 10,000 ids are remembered for a minute. */
    public static final FetchSettings DEFAULT = new FetchSettings(10, 20, 16, Duration.ofMinutes(1), 10_000);

    private static final int HIGHEST = 1_000_000;

    /** Refuses what would let nothing through, or remember it for less than no time. */
    public FetchSettings {
        if (!isCount(perSecond) || !isCount(burst) || !isCount(atOnce)) {
            throw new IllegalArgumentException("a rate, a burst and what is under way are 1 to " + HIGHEST);
        }
        if (rememberAtMost < 0 || rememberFor.isNegative()) {
            throw new IllegalArgumentException("what is remembered is nothing or more");
        }
    }

    /** Whether so many requests can be a bound. */
    public static boolean isCount(int requests) {
        return requests >= 1 && requests <= HIGHEST;
    }

    /** The same with another rate. */
    public FetchSettings withRate(int requestsPerSecond, int atOnceAfterPause) {
        return new FetchSettings(requestsPerSecond, atOnceAfterPause, atOnce, rememberFor, rememberAtMost);
    }

    /** The same with other times for which misses are remembered. */
    public FetchSettings withMemory(Duration time, int ids) {
        return new FetchSettings(perSecond, burst, atOnce, time, ids);
    }
}
