package io.github.bellhop.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The system clock, which a test can move forward to make retries due. A Spring Boot test has a bean of this type that
 * the app under test and {@link SignedEvents} use; it is reset after each test method. Safe for concurrent use.
 */
public final class TestClock implements InstantSource {
    private final Runnable whenMoved;
    private Duration ahead = Duration.ZERO;

    /**
     * Creates a clock that shows the system's time.
     *
     * @param whenMoved called after each move, so that everything that waits for a time checks the time again
     */
    public TestClock(Runnable whenMoved) {
        this.whenMoved = whenMoved;
    }

    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    /**
     * Moves the clock forward.
     *
     * @param by such as {@code Duration.ofDays(1)}, which makes every default retry due
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock can only move forward, not by " + by + ".");
        }
        synchronized (this) {
            ahead = ahead.plus(by);
        }
        whenMoved.run();
    }

    /** Resets the clock to the system's time. */
    public synchronized void reset() {
        ahead = Duration.ZERO;
    }
}
