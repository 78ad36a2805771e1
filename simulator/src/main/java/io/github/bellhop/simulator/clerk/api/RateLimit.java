package io.github.bellhop.simulator.clerk.api;

import java.time.InstantSource;

/** Counts requests in windows of ten seconds, the first of which begins with the first request. */
final class RateLimit {
    private static final long WINDOW = 10_000;

    private final int most;
    private final InstantSource clock;
    private long begin;
    private int count;

    /**
     * A limit.
     *
     * @param most requests in a window; 0 for any number
     */
    RateLimit(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
        this.begin = Long.MIN_VALUE / 2;
    }

    /** Counts a request; gives in how many seconds to come again if it is one too many, and 0 if it is not. */
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
