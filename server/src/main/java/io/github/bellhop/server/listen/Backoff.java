package io.github.bellhop.server.listen;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, up to 30 seconds, and never the same for all. */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    private final RandomGenerator random;
    private long next = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait: between half of it and all of it. */
    Duration next() {
        long wait = next / 2 + random.nextLong(next / 2 + 1);
        next = Math.min(LONGEST_MILLIS, 2 * next);
        return Duration.ofMillis(wait);
    }

    /** Begins anew, since a try went well. */
    void reset() {
        next = FIRST_MILLIS;
    }
}
