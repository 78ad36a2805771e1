package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Locale;

/** What can become of an item of a subscription; each has its own event. */
public enum ItemStatus {
    /** It runs. */
    ACTIVE,
    /** It was given up, and runs until its period ends. */
    CANCELED,
    /** It is over. */
    ENDED,
    /** Its payment failed. */
    PAST_DUE,
    /** It begins when the present one ends. */
    UPCOMING,
    /** Its first payment is not made yet. */
    INCOMPLETE,
    /** Its first payment was never made. */
    ABANDONED;

    /** Its name in an item's {@code status}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    EventType event() {
        return EventType.valueOf("SUBSCRIPTION_ITEM_" + name());
    }

    boolean isOver() {
        return this == ENDED || this == ABANDONED;
    }

    static ItemStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
