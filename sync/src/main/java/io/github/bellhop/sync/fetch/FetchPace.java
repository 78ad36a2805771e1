package io.github.bellhop.sync.fetch;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A bucket of tokens, one per request, and the pauses that Clerk asks for. Time that goes backwards fills nothing.
 * Thread-safe.
 */
final class FetchPace {
    private static final double MILLIS = 1_000;

    private final FetchSettings settings;
    private final InstantSource clock;
    private double tokens;
    private long filledAt;
    private long pausedUntil = Long.MIN_VALUE;

    FetchPace(FetchSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        tokens = settings.burst();
        filledAt = clock.millis();
    }

    /** Takes a token; gives how long to wait if there is none, and zero if there was. */
    synchronized Duration take() {
        long now = clock.millis();
        if (now < pausedUntil) {
            return Duration.ofMillis(pausedUntil - now);
        }
        double added = Math.max(0, now - filledAt) / MILLIS * settings.perSecond();
        tokens = Math.min(settings.burst(), tokens + added);
        filledAt = now;
        if (tokens < 1) {
            return Duration.ofMillis((long) Math.ceil((1 - tokens) * MILLIS / settings.perSecond()));
        }
        tokens--;
        return Duration.ZERO;
    }

    /** Lets nobody through for a while. */
    synchronized void pause(Duration time) {
        pausedUntil = Math.max(pausedUntil, clock.millis() + time.toMillis());
    }
}
