package io.github.bellhop.simulator.svix;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of a delivery. */
public enum AttemptStatus {
    /** Answered with 2xx. */
    SUCCESS(0),
    /** Another attempt is scheduled. */
    PENDING(1),
    /** Failed, with no further attempts. */
    FAIL(2),
    /** An attempt is in progress. */
    SENDING(3),
    /** Canceled. */
    CANCELED(4);

    private final int number;

    AttemptStatus(int number) {
        this.number = number;
    }

    /** The status with this number in Svix's API; null if the number is unknown. */
    public static @Nullable AttemptStatus of(int number) {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElse(null);
    }

    /** The number of this status in Svix's API. */
    public int number() {
        return number;
    }

    /** The name of this status in Svix's API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
