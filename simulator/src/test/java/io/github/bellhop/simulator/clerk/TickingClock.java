package io.github.bellhop.simulator.clerk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class TickingClock implements InstantSource {
    private Instant now = Instant.parse("2026-11-23T10:15:30.123Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void move(Duration by) {
        now = now.plus(by);
    }
}
