package io.github.bellhop.sync.inbox;

import java.util.Locale;

/**
 * Where a message stands, as people are told: as its {@link MessageState} is, but what waits for the worker is told
 * apart from what is only kept.
 *
 * @hidden
 */
public enum ListedState {
    /** Stored, and there is nothing to do. */
    KEPT,
    /** The worker is to mirror it: {@code next_attempt_at} is set. */
    WAITING,
    /** At least one row or tombstone of the mirror was written. */
    MIRRORED,
    /** It held only versions lower than the mirror's. */
    STALE,
    /** Kept aside and not applied. */
    ASIDE,
    /** A dead letter. */
    DEAD;

    /** Whether nothing is left to do, and nothing went wrong. */
    public boolean isWell() {
        return this == KEPT || this == MIRRORED || this == STALE;
    }

    /** The name as it is shown, which but for {@link #WAITING} is the one in the database. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
