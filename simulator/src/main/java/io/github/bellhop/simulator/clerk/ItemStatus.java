package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Locale;

/** The status of a subscription item. Each status has its own event. */
public enum ItemStatus {
    /** In effect. */
    ACTIVE,
    /** Canceled, but in effect until the period ends. */
    CANCELED,
    /** Ended. */
    ENDED,
    /** Its payment failed. */
    PAST_DUE,
    /** Starts when the current item ends. */
    UPCOMING,
    /** The first payment is outstanding. */
    INCOMPLETE,
    /** The first payment was never made. */
    ABANDONED;

    /** The value of an item's {@code status}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    EventType event() {
        return EventType.valueOf("SUBSCRIPTION_ITEM_" + name());
    }

    /** Whether an item with this status is no longer part of its subscription. */
    static boolean isOver(String wireName) {
        return wireName.equals(ENDED.wireName()) || wireName.equals(ABANDONED.wireName());
    }
}
