package io.github.bellhop.simulator.chaos;

import java.util.Locale;

/** What can go wrong with a message on its way to an endpoint. */
public enum ChaosKind {
    /** Never sent, as if Svix had lost it. A recovery or a replay of missing messages sends it. */
    DROP,
    /** Sent twice. */
    DUPLICATE,
    /** Held back until the next message to that endpoint has been sent. */
    REORDER,
    /** Sent late. */
    DELAY,
    /** Preceded by a copy whose body no longer matches its signature. */
    CORRUPT_BODY,
    /** Preceded by a copy signed with another secret. */
    WRONG_SECRET,
    /** Preceded by a correctly signed copy with a ten-minute-old timestamp. */
    STALE_TIMESTAMP,
    /** Held back with the messages after it until a burst is full; then all are sent at once. */
    BURST;

    /** The name in settings and reports, such as {@code corrupt-body}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
