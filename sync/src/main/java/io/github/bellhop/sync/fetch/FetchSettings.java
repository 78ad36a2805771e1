package io.github.bellhop.sync.fetch;

import java.time.Duration;

/**
 * Limits on the requests to Clerk. Clerk's own limits are 100 requests in 10 seconds for a development instance and
 * 1,000 for a production instance.
 *
 * @param perSecond      the average number of requests per second
 * @param burst          the number of requests allowed at once after a pause
 * @param atOnce         the maximum number of concurrent requests
 * @param rememberFor    how long to remember that Clerk does not have an entity
 * @param rememberAtMost the maximum number of ids to remember; when it is exceeded, the oldest id is dropped
 */
public record FetchSettings(int perSecond, int burst, int atOnce, Duration rememberFor, int rememberAtMost) {
    /**
     * 10 requests per second, 20 at once after a pause, and 16 concurrently; remembers 10,000 missing ids for one
     * minute.
     */
    public static final FetchSettings DEFAULT = new FetchSettings(10, 20, 16, Duration.ofMinutes(1), 10_000);

    private static final int MAX_COUNT = 1_000_000;

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException if one of the first three is not between 1 and 1,000,000, or one of the others
     *     is negative
     */
    public FetchSettings {
        if (!isCount(perSecond) || !isCount(burst) || !isCount(atOnce)) {
            throw new IllegalArgumentException("perSecond, burst and atOnce must be from 1 to " + MAX_COUNT);
        }
        if (rememberAtMost < 0 || rememberFor.isNegative()) {
            throw new IllegalArgumentException("rememberFor and rememberAtMost must not be negative");
        }
    }

    /** Returns whether a number of requests is a valid limit, which is from 1 to 1,000,000. */
    public static boolean isCount(int requests) {
        return requests >= 1 && requests <= MAX_COUNT;
    }

    /** Returns these settings with another rate and burst. */
    public FetchSettings withRate(int requestsPerSecond, int atOnceAfterPause) {
        return new FetchSettings(requestsPerSecond, atOnceAfterPause, atOnce, rememberFor, rememberAtMost);
    }

    /** Returns these settings with other limits for remembering missing entities. */
    public FetchSettings withMemory(Duration time, int ids) {
        return new FetchSettings(perSecond, burst, atOnce, time, ids);
    }
}
