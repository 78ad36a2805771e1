package io.github.bellhop.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock, which a test can move forward: what is to be tried again later is due then. In a Spring Boot test
 * there is a bean of this type that the app under test and {@link SignedEvents} go by; it is set back after each test
 * method. Safe for concurrent use.
 */
public final class TestClock implements InstantSource {
    private final Runnable whenMoved;
    private Duration ahead = Duration.ZERO;

    /**
     * A clock that shows the system's time.
     *
     * @param whenMoved called after each move, so that what waits for a time looks again
     */
    public TestClock(Runnable whenMoved) {
        this.whenMoved = whenMoved;
    }

    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    /**
     * Moves it forward.
     *
     * @param by such as {@code Duration.ofDays(1)}, after which every usual retry is due
     * @throws IllegalArgumentException when it is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock goes forward only, not by " + by + ".");
        }
        synchronized (this) {
            ahead = ahead.plus(by);
        }
        whenMoved.run();
    }

    /** Has it show the system's time again. */
    public synchronized void reset() {
        ahead = Duration.ZERO;
    }
}
