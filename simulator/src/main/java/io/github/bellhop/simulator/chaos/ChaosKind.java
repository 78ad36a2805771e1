package io.github.bellhop.simulator.chaos;

import java.util.Locale;

/** What can go wrong with a message on its way to an endpoint. */
public enum ChaosKind {
    /** Not sent, as if Svix had lost it, until a recovery or a replay of missing messages. */
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
    /** Preceded by a correctly signed copy whose timestamp is ten minutes old. */
    STALE_TIMESTAMP,
    /** Held back, together with the messages that follow, until the burst is complete; then all are sent at once. */
    BURST;

    /** The name in settings and reports, such as {@code corrupt-body}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
