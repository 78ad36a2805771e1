package io.github.bellhop.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Converts Clerk's timestamps. They are 64-bit integers in milliseconds since 1970. In the official examples and in the
 * Dashboard's test deliveries, the envelope's {@code timestamp} is in seconds.
 */
public final class ClerkTime {
    /** Smaller values are read as seconds: as milliseconds they would lie before March 1973. */
    private static final long SECONDS_BELOW = 100_000_000_000L;

    /** The first millisecond of the year 10000, which is too late for the time columns of the supported databases. */
    private static final long TOO_LATE = 253_402_300_800_000L;

    private ClerkTime() {}

    /**
     * Converts a number that Clerk sends to milliseconds since 1970.
     *
     * @return the milliseconds, or null if the number is negative or lies beyond the year 9999
     */
    public static @Nullable Long millis(long value) {
        if (value < 0) {
            return null;
        }
        long millis = value < SECONDS_BELOW ? value * 1000 : value;
        return millis < TOO_LATE ? millis : null;
    }

    /**
     * Converts a number that Clerk sends to an instant; null if the number is negative or lies beyond the year 9999.
     */
    public static @Nullable Instant instant(long value) {
        Long millis = millis(value);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
