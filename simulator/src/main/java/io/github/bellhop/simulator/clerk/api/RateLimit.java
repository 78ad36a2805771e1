package io.github.bellhop.simulator.clerk.api;

import java.time.InstantSource;

/**
 * Counts requests in windows of ten seconds, as Clerk does. The first window starts with the first request. Safe for
 * concurrent use.
 *
 * @see <a href="https://clerk.com/docs/backend-requests/resources/rate-limits">Clerk: rate limits</a>
 */
public final class RateLimit {
    private static final long WINDOW = 10_000;

    private final InstantSource clock;
    private int most;
    private long begin = Long.MIN_VALUE / 2;
    private int count;

    /**
     * Creates a limit.
     *
     * @param most the number of requests that are accepted in a window; 0 for no limit
     */
    RateLimit(int most, InstantSource clock) {
        this.clock = clock;
        change(most);
    }

    /** The number of requests that are accepted in a window; 0 for no limit. */
    public synchronized int most() {
        return most;
    }

    /**
     * Replaces the limit. The next request starts a new window.
     *
     * @param requests the number of requests that are accepted in a window; 0 for no limit
     * @throws IllegalArgumentException if the number is negative
     */
    public synchronized void change(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException("The rate limit must be 0 or more.");
        }
        most = requests;
        begin = Long.MIN_VALUE / 2;
    }

    /**
     * Counts a request. Returns 0 if it is within the limit; otherwise returns the number of seconds after which to
     * retry.
     */
    synchronized long secondsToWait() {
        if (most == 0) {
            return 0;
        }
        long now = clock.millis();
        if (now - begin >= WINDOW) {
            begin = now;
            count = 0;
        }
        count++;
        return count <= most ? 0 : Math.max(1, (begin + WINDOW - now + 999) / 1000);
    }
}
