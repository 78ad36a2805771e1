package io.github.bellhop.sync.fetch;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A token bucket with one token per request. It also observes the pauses that Clerk asks for. No tokens are added when
 * the clock goes backwards. Thread-safe.
 */
final class FetchRateLimiter {
    /** One token, in thousandths: a rate of one token per second adds one thousandth per millisecond. */
    private static final long TOKEN = 1_000;

    private final FetchSettings settings;
    private final InstantSource clock;
    private long level;
    private long filledAt;
    private long pausedUntil = Long.MIN_VALUE;

    FetchRateLimiter(FetchSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        level = settings.burst() * TOKEN;
        filledAt = clock.millis();
    }

    /** Takes a token and returns zero; if no token is left, returns the time to wait. */
    synchronized Duration take() {
        long now = clock.millis();
        if (now < pausedUntil) {
            return Duration.ofMillis(pausedUntil - now);
        }
        // Capped at a time that always fills the bucket, so that the product cannot overflow.
        long passed = Math.min(Math.max(0, now - filledAt), settings.burst() * TOKEN);
        level = Math.min(settings.burst() * TOKEN, level + passed * settings.perSecond());
        filledAt = now;
        if (level < TOKEN) {
            return Duration.ofMillis((TOKEN - level + settings.perSecond() - 1) / settings.perSecond());
        }
        level -= TOKEN;
        return Duration.ZERO;
    }

    /** Issues no tokens for the given time. */
    synchronized void pause(Duration time) {
        pausedUntil = Math.max(pausedUntil, clock.millis() + time.toMillis());
    }
}
