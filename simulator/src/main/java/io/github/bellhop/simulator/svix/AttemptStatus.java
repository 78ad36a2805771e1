package io.github.bellhop.simulator.svix;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How it stands with a delivery. */
public enum AttemptStatus {
    /** It was answered with 2xx. */
    SUCCESS(0),
    /** An attempt is to come. */
    PENDING(1),
    /** It was not, and no attempt is to come. */
    FAIL(2),
    /** An attempt is under way. */
    SENDING(3),
    /** It was called off. */
    CANCELED(4);

    private final int number;

    AttemptStatus(int number) {
        this.number = number;
    }

    /** The one of Svix's number; null when there is none. */
    public static @Nullable AttemptStatus of(int number) {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElse(null);
    }

    /** Svix's number of it. */
    public int number() {
        return number;
    }

    /** Svix's name of it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
