package io.github.bellhop.sync.fetch;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A bucket of tokens, one per request, and the pauses that Clerk asks for. Time that goes backwards fills nothing.
 * Thread-safe.
 */
final class FetchPace {
    /** A token in the bucket's measure: what the rate of one in a second fills in as many milliseconds. */
    private static final long TOKEN = 1_000;

    private final FetchSettings settings;
    private final InstantSource clock;
    private long level;
    private long filledAt;
    private long pausedUntil = Long.MIN_VALUE;

    FetchPace(FetchSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        level = settings.burst() * TOKEN;
        filledAt = clock.millis();
    }

    /** Takes a token; gives how long to wait if there is none, and zero if there was. */
    synchronized Duration take() {
        long now = clock.millis();
        if (now < pausedUntil) {
            return Duration.ofMillis(pausedUntil - now);
        }
        // A pause longer than it takes to fill the bucket fills it no further, and overflows nothing.
        long passed = Math.min(Math.max(0, now - filledAt), settings.burst() * TOKEN);
        level = Math.min(settings.burst() * TOKEN, level + passed * settings.perSecond());
        filledAt = now;
        if (level < TOKEN) {
            return Duration.ofMillis((TOKEN - level + settings.perSecond() - 1) / settings.perSecond());
        }
        level -= TOKEN;
        return Duration.ZERO;
    }

    /** Lets nobody through for a while. */
    synchronized void pause(Duration time) {
        pausedUntil = Math.max(pausedUntil, clock.millis() + time.toMillis());
    }
}
