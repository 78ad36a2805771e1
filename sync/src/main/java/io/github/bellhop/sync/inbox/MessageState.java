package io.github.bellhop.sync.inbox;

import java.util.Locale;

/**
 * Where a message stands. The names in lower case are what {@code bellhop_inbox.state} holds.
 *
 * @hidden
 */
public enum MessageState {
    /** Stored: nothing to mirror, or awaiting the worker when {@code next_attempt_at} is set. */
    KEPT,
    /** At least one row or tombstone of the mirror was written. */
    MIRRORED,
    /** It held only versions lower than the mirror's. */
    STALE,
    /** Kept aside and not applied; {@code reason} says why. */
    ASIDE,
    /** Its attempts are used up, or no attempt could help; it waits for a person. */
    DEAD;

    /** The name as the database has it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name. */
    public static MessageState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
