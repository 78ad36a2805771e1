package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.settings.RetryPolicy;
import java.time.Duration;

/**
 * How a handler is called.
 *
 * @param staleToo whether it is given late {@code *.updated} events, and {@code *.created} ones of what is deleted
 * @param timeout  how long a run may take; on SQLite 4 seconds at most, since nothing else is written meanwhile
 * @param retry    when it is called again after a failure
 */
public record HandlerOptions(boolean staleToo, Duration timeout, RetryPolicy retry) {
    /** Nothing stale, 30 seconds, twelve attempts over about a day and a half. */
    public static final HandlerOptions DEFAULT = new HandlerOptions(false, Duration.ofSeconds(30), RetryPolicy.DEFAULT);

    /** Refuses a time-out that is none. */
    public HandlerOptions {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("A handler's timeout must be more than nothing.");
        }
    }

    /** The same, and what is stale too. */
    public HandlerOptions withStale() {
        return new HandlerOptions(true, timeout, retry);
    }

    /** The same with another time-out. */
    public HandlerOptions withTimeout(Duration changed) {
        return new HandlerOptions(staleToo, changed, retry);
    }

    /** The same with other attempts. */
    public HandlerOptions withRetry(RetryPolicy changed) {
        return new HandlerOptions(staleToo, timeout, changed);
    }
}
