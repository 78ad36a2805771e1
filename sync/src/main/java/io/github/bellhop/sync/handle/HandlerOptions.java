package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.settings.RetryPolicy;
import java.time.Duration;

/**
 * Options for calling a handler.
 *
 * @param staleToo whether the handler also receives stale events: late {@code *.updated} ones, and {@code *.created}
 *                 ones for deleted entities
 * @param timeout  how long one attempt may take; on SQLite, at most 4 seconds, since nothing else can be written
 *                 meanwhile
 * @param retry    when a failed run is retried
 */
public record HandlerOptions(boolean staleToo, Duration timeout, RetryPolicy retry) {
    /** No stale events, a timeout of 30 seconds, and twelve attempts over about a day and a half. */
    public static final HandlerOptions DEFAULT = new HandlerOptions(false, Duration.ofSeconds(30), RetryPolicy.DEFAULT);

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public HandlerOptions {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("A handler's timeout must be positive.");
        }
    }

    /** Returns these options with stale events included. */
    public HandlerOptions withStale() {
        return new HandlerOptions(true, timeout, retry);
    }

    /** Returns these options with another timeout. */
    public HandlerOptions withTimeout(Duration changed) {
        return new HandlerOptions(staleToo, changed, retry);
    }

    /** Returns these options with another retry policy. */
    public HandlerOptions withRetry(RetryPolicy changed) {
        return new HandlerOptions(staleToo, timeout, changed);
    }
}
