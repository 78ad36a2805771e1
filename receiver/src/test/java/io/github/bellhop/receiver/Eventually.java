package io.github.bellhop.receiver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the effects of another thread. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Eventually() {}

    /** An assertion, which throws an {@link AssertionError} until it holds. */
    @FunctionalInterface
    interface Assertion {
        void check() throws Exception;
    }

    /**
     * Checks the assertion repeatedly until it holds. If it still fails at the time limit, throws the assertion's own
     * error.
     */
    static void holds(Assertion assertion) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertion.check();
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
