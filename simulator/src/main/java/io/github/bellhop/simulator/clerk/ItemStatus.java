package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Arrays;

/** What can become of an item of a subscription; each has its own event. */
public enum ItemStatus {
    /** It runs. */
    ACTIVE("active", EventType.SUBSCRIPTION_ITEM_ACTIVE),
    /** It was given up, and runs until its period ends. */
    CANCELED("canceled", EventType.SUBSCRIPTION_ITEM_CANCELED),
    /** It is over. */
    ENDED("ended", EventType.SUBSCRIPTION_ITEM_ENDED),
    /** Its payment failed. */
    PAST_DUE("past_due", EventType.SUBSCRIPTION_ITEM_PAST_DUE),
    /** It begins when the present one ends. */
    UPCOMING("upcoming", EventType.SUBSCRIPTION_ITEM_UPCOMING),
    /** Its first payment is not made yet. */
    INCOMPLETE("incomplete", EventType.SUBSCRIPTION_ITEM_INCOMPLETE),
    /** Its first payment was never made. */
    ABANDONED("abandoned", EventType.SUBSCRIPTION_ITEM_ABANDONED);

    private final String wireName;
    private final EventType event;

    ItemStatus(String wireName, EventType event) {
        this.wireName = wireName;
        this.event = event;
    }

    /** Its name in an item's {@code status}. */
    public String wireName() {
        return wireName;
    }

    EventType event() {
        return event;
    }

    boolean isOver() {
        return this == ENDED || this == ABANDONED;
    }

    static ItemStatus of(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName.equals(wireName))
                .findFirst()
                .orElseThrow();
    }
}
