package io.github.bellhop.server.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: a duration before now, or an instant. */
sealed interface TimeArgument {
    /** Digits followed by {@code s}, {@code m}, {@code h} or {@code d}. */
    Pattern AGO = Pattern.compile("\\d{1,6}[smhd]");

    /** A date with a four-digit year. Later years may not fit into the milliseconds that databases store. */
    Pattern DATED = Pattern.compile("\\d{4}-.*");

    /** Returns the instant that this argument means at the time {@code now}. */
    Instant at(Instant now);

    /** A duration before now. */
    record Ago(Duration length) implements TimeArgument {
        @Override
        public Instant at(Instant now) {
            return now.minus(length);
        }
    }

    /** A fixed instant. */
    record Then(Instant instant) implements TimeArgument {
        @Override
        public Instant at(Instant now) {
            return instant;
        }
    }

    /** Parses a duration such as {@code 30m}: digits followed by {@code s}, {@code m}, {@code h} or {@code d}. */
    static Duration length(String text) {
        int unit = text.length() - 1;
        long number = Long.parseLong(text.substring(0, unit));
        return switch (text.charAt(unit)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Parses a time from the command line. */
    final class Converter implements ITypeConverter<TimeArgument> {
        @Override
        public TimeArgument convert(String text) {
            if (AGO.matcher(text).matches()) {
                return new Ago(length(text));
            }
            if (DATED.matcher(text).matches()) {
                try {
                    return new Then(
                            text.length() == 10
                                    ? LocalDate.parse(text)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant()
                                    : OffsetDateTime.parse(text).toInstant());
                } catch (DateTimeException unreadable) {
                    // Reported below, in a message that lists the valid forms.
                }
            }
            throw new TypeConversionException(
                    "not a duration (30m, 2h, 3d), a day (2026-11-23) or an instant (2026-11-23T18:46:55Z)");
        }
    }
}
