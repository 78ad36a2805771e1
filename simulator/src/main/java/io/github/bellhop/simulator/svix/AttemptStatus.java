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

    /** The status with Svix's number; null if there is none. */
    public static @Nullable AttemptStatus of(int number) {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElse(null);
    }

    /** Svix's number for it. */
    public int number() {
        return number;
    }

    /** Svix's name for it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
