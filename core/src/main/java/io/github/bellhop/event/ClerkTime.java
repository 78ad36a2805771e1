package io.github.bellhop.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Clerk's times: 64-bit whole numbers of milliseconds since 1970, except in the official examples and the Dashboard's
 * test deliveries, whose envelope {@code timestamp} is in seconds.
 */
public final class ClerkTime {
    /** What is below this is taken for seconds: as milliseconds it would be before March 1973. */
    private static final long SECONDS_BELOW = 100_000_000_000L;

    /** The first millisecond of the year 10000: what no database column here can hold as a time. */
    private static final long TOO_LATE = 253_402_300_800_000L;

    private ClerkTime() {}

    /**
     * Milliseconds since 1970 of a number as Clerk sends it.
     *
     * @return the milliseconds, or null when the number is negative or lies beyond the year 9999
     */
    public static @Nullable Long millis(long value) {
        if (value < 0) {
            return null;
        }
        long millis = value < SECONDS_BELOW ? value * 1000 : value;
        return millis < TOO_LATE ? millis : null;
    }

    /** The same as an instant; null when the number is no usable time. */
    public static @Nullable Instant instant(long value) {
        Long millis = millis(value);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
