package io.github.bellhop.server.settings;

import io.github.bellhop.sync.retention.RetentionSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Checks how long things are to be kept. */
final class RetentionTimes {
    /** The sender may come again for more than a day, and must not find a session forgotten meanwhile. */
    private static final Duration SHORTEST_FOR_ROWS = Duration.ofDays(2);

    private static final String FOREVER = "forever";

    private RetentionTimes() {}

    static RetentionSettings of(ServerSettings.Retention times) {
        if (times.payloads().compareTo(Duration.ZERO) <= 0) {
            throw unusable("BELLHOP_RETENTION_PAYLOADS", times.payloads(), "a time above zero, such as 7d");
        }
        if (times.messages().compareTo(times.payloads()) < 0) {
            throw unusable(
                    "BELLHOP_RETENTION_MESSAGES", times.messages(), "at least as long as bellhop.retention.payloads");
        }
        return new RetentionSettings(
                times.payloads(),
                times.messages(),
                orForever("BELLHOP_RETENTION_SESSIONS", times.sessions()),
                orForever("BELLHOP_RETENTION_AUDIT", times.audit()));
    }

    private static @Nullable Duration orForever(String setting, String text) {
        if (text.strip().equalsIgnoreCase(FOREVER)) {
            return null;
        }
        Duration time = duration(text.strip());
        if (time == null || time.compareTo(SHORTEST_FOR_ROWS) < 0) {
            throw unusable(setting, text, "forever, or a time of at least 2d");
        }
        return time;
    }

    private static @Nullable Duration duration(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static UnusableSettingException unusable(String setting, Object value, String wanted) {
        return new UnusableSettingException("The setting " + setting + " is " + value + " and must be " + wanted + ".");
    }
}
