package io.github.bellhop.simulator.dispatch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Retry-After}: seconds, with a fraction or without, or a date. */
final class RetryAfter {
    private static final int MOST_SECONDS = 1_000_000;

    private RetryAfter() {}

    /** How long it asks to wait; null when there is none or it cannot be read. */
    static @Nullable Duration read(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}(\\.[0-9]{0,9})?")) {
            return Duration.ofSeconds((long) Math.ceil(Math.min(MOST_SECONDS, Double.parseDouble(text))));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Duration.between(now, date);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
