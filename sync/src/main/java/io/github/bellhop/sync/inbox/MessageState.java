package io.github.bellhop.sync.inbox;

import java.util.Locale;

/**
 * The state of a message. {@code bellhop_inbox.state} contains the names in lower case.
 *
 * @hidden
 */
public enum MessageState {
    /** Stored, with nothing mirrored. If {@code next_attempt_at} is set, it waits for the worker. */
    KEPT,
    /** At least one row or tombstone of the mirror was written. */
    MIRRORED,
    /** It contained only versions lower than the mirror's. */
    STALE,
    /** Set aside and not applied; {@code reason} says why. */
    ASIDE,
    /** A dead letter: its attempts are used up, or no attempt could succeed. It waits for a person. */
    DEAD;

    /** Returns the name as stored in the database. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state with the given stored name. */
    public static MessageState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
