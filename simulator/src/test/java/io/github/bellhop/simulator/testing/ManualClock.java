package io.github.bellhop.simulator.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is moved. Safe for concurrent use. */
public final class ManualClock implements InstantSource {
    private volatile Instant now;

    public ManualClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock forward. */
    public void advance(Duration time) {
        now = now.plus(time);
    }

    /** Sets the clock, even to an earlier time. Throws if the time is null. */
    public void set(@Nullable Instant time) {
        now = Objects.requireNonNull(time);
    }
}
