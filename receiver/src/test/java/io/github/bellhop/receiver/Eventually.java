package io.github.bellhop.receiver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread brings about. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Eventually() {}

    /** A statement that throws an assertion error as long as it does not hold. */
    @FunctionalInterface
    interface Statement {
        void check() throws Exception;
    }

    /** Checks again and again until the statement holds; its own error when it does not in time. */
    static void holds(Statement statement) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                statement.check();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }
}
