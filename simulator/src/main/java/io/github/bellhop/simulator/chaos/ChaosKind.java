package io.github.bellhop.simulator.chaos;

import java.util.Locale;

/** What can go wrong with a message on its way to an endpoint. */
public enum ChaosKind {
    /** It is never sent, as if Svix had lost it; a recovery or a replay of what is missing sends it. */
    DROP,
    /** It is sent twice. */
    DUPLICATE,
    /** It is held back until the next one to that endpoint has gone. */
    REORDER,
    /** It is sent late. */
    DELAY,
    /** A copy with a changed body under the right signature goes before it. */
    CORRUPT_BODY,
    /** A copy signed with another secret goes before it. */
    WRONG_SECRET,
    /** A copy with a right signature of ten minutes ago goes before it. */
    STALE_TIMESTAMP,
    /** It and those behind it are held back until enough have come together, and then go all at once. */
    BURST;

    /** Its name in settings and reports, such as {@code corrupt-body}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
