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

/**
 * A time as people give it: so long ago, or an instant.
 *
 * @param ago  how long before now; zero with an instant
 * @param then the instant; the epoch with a length of time
 */
record TimeArgument(Duration ago, Instant then) {
    private static final Pattern AGO = Pattern.compile("\\d{1,6}[smhd]");

    Instant at(Instant now) {
        return then.equals(Instant.EPOCH) ? now.minus(ago) : then;
    }

    /** A length of time such as {@code 30m}: digits, and {@code s}, {@code m}, {@code h} or {@code d}. */
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

    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<TimeArgument> {
        @Override
        public TimeArgument convert(String text) {
            if (AGO.matcher(text).matches()) {
                return new TimeArgument(length(text), Instant.EPOCH);
            }
            try {
                Instant then = text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
                return new TimeArgument(Duration.ZERO, then);
            } catch (DateTimeException unreadable) {
                throw new TypeConversionException(
                        "a time is so long ago (30m, 2h, 3d), a day (2026-11-23) or an instant (2026-11-23T18:46:55Z)");
            }
        }
    }
}
