package io.github.bellhop.sync.inbox;

import java.util.Locale;

/**
 * The state of a message as shown to people. It is the {@link MessageState}, except that a message waiting for the
 * worker is shown as {@link #WAITING}.
 *
 * @hidden
 */
public enum ListedState {
    /** Stored, with nothing left to do. */
    KEPT,
    /** Waiting for the worker to mirror it: {@code next_attempt_at} is set. */
    WAITING,
    /** At least one row or tombstone of the mirror was written. */
    MIRRORED,
    /** It contained only versions lower than the mirror's. */
    STALE,
    /** Set aside and not applied. */
    ASIDE,
    /** A dead letter. */
    DEAD;

    /** Returns whether the message was processed without a problem. */
    public boolean isWell() {
        return this == KEPT || this == MIRRORED || this == STALE;
    }

    /** Returns the name to show. Except for {@link #WAITING}, it equals the name in the database. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
