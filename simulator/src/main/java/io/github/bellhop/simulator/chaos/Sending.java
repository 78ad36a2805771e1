package io.github.bellhop.simulator.chaos;

import java.util.Locale;

/** What kind of request was sent. */
public enum Sending {
    /** The first attempt of a message. */
    FIRST,
    /** A later attempt by the schedule. */
    RETRY,
    /** A resend, a recovery or a replay. */
    MANUAL,
    /** A message's second copy. */
    DUPLICATE,
    /** A copy with a changed body. */
    CORRUPT_BODY,
    /** A copy signed with another secret. */
    WRONG_SECRET,
    /** A copy of ten minutes ago. */
    STALE_TIMESTAMP;

    /** Its name in reports, such as {@code corrupt-body}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a receiver must reject it. The {@link ChaosKind} that sends it has the same name. */
    public boolean bad() {
        return this == CORRUPT_BODY || this == WRONG_SECRET || this == STALE_TIMESTAMP;
    }
}
