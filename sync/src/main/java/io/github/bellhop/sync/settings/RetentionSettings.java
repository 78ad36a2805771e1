package io.github.bellhop.sync.settings;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.InvalidSettingException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long things are kept.
 *
 * @param payloads payloads of messages that are done, from their receipt on
 * @param messages messages, from their receipt on: their ids, by which they are known when they come again
 * @param sessions rows of sessions, from their end on; null: for ever
 * @param audit    lines of the audit log, from their time on; null: for ever
 */
public record RetentionSettings(
        Duration payloads,
        Duration messages,
        @Nullable Duration sessions,
        @Nullable Duration audit) {
    private static final String SESSIONS = "bellhop.retention.sessions";
    private static final String AUDIT = "bellhop.retention.audit";
    private static final String FOREVER = "forever";

    /** Svix retries for more than a day; a retry must not find that a session was forgotten meanwhile. */
    private static final Duration SHORTEST_FOR_ROWS = Duration.ofDays(2);

    private static final String RULE_FOR_ROWS = FOREVER + ", or a time of at least 2d";

    /** Payloads for 7 days, messages for 90, sessions and audit log for ever. */
    public static final RetentionSettings DEFAULT =
            new RetentionSettings(Duration.ofDays(7), Duration.ofDays(90), null, null);

    /**
     * Checks the times.
     *
     * @throws InvalidSettingException naming the first that is wrong
     */
    public RetentionSettings {
        require(payloads.compareTo(Duration.ZERO) > 0, "bellhop.retention.payloads", "a time above zero, such as 7d");
        require(
                messages.compareTo(payloads) >= 0,
                "bellhop.retention.messages",
                "at least as long as bellhop.retention.payloads");
        require(sessions == null || sessions.compareTo(SHORTEST_FOR_ROWS) >= 0, SESSIONS, RULE_FOR_ROWS);
        require(audit == null || audit.compareTo(SHORTEST_FOR_ROWS) >= 0, AUDIT, RULE_FOR_ROWS);
    }

    /**
     * Reads the times of rows from texts.
     *
     * @param sessions {@code forever}, or a time
     * @param audit    the same
     * @param times    reads a time; throws {@link IllegalArgumentException} if it cannot
     * @throws InvalidSettingException naming the first that is wrong
     */
    public static RetentionSettings of(
            Duration payloads, Duration messages, String sessions, String audit, Function<String, Duration> times) {
        return new RetentionSettings(
                payloads, messages, orForever(SESSIONS, sessions, times), orForever(AUDIT, audit, times));
    }

    private static @Nullable Duration orForever(String setting, String text, Function<String, Duration> times) {
        if (text.strip().equalsIgnoreCase(FOREVER)) {
            return null;
        }
        try {
            return times.apply(text.strip());
        } catch (IllegalArgumentException unreadable) {
            throw new InvalidSettingException(setting, RULE_FOR_ROWS);
        }
    }
}
