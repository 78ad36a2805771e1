package io.github.bellhop.receiver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the effects of another thread. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Eventually() {}

    /** A statement that throws an assertion error while it is false. */
    @FunctionalInterface
    interface Statement {
        void check() throws Exception;
    }

    /**
     * Checks the statement repeatedly until it is true. If it is still false at the time limit, throws the statement's
     * own error.
     */
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
