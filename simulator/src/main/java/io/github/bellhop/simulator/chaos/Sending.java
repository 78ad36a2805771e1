package io.github.bellhop.simulator.chaos;

import java.util.Locale;

/** A kind of request. */
public enum Sending {
    /** The first attempt of a message. */
    FIRST,
    /** A scheduled retry. */
    RETRY,
    /** A resend, a recovery or a replay. */
    MANUAL,
    /** The second copy of a duplicated message. */
    DUPLICATE,
    /** A copy with a changed body. */
    CORRUPT_BODY,
    /** A copy signed with another secret. */
    WRONG_SECRET,
    /** A copy whose timestamp is ten minutes old. */
    STALE_TIMESTAMP;

    /** The name in reports, such as {@code corrupt-body}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a receiver must reject this kind of request. The {@link ChaosKind} that causes it has the same name. */
    public boolean bad() {
        return this == CORRUPT_BODY || this == WRONG_SECRET || this == STALE_TIMESTAMP;
    }
}
