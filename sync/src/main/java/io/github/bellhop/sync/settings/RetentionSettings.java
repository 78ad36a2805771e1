package io.github.bellhop.sync.settings;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.InvalidSettingException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long data is kept.
 *
 * @param payloads how long payloads of finished messages are kept after receipt
 * @param messages how long messages are kept after receipt; their ids identify redeliveries
 * @param sessions how long rows of sessions are kept after their end; null for unlimited
 * @param audit    how long entries of the audit log are kept; null for unlimited
 */
public record RetentionSettings(
        Duration payloads,
        Duration messages,
        @Nullable Duration sessions,
        @Nullable Duration audit) {
    private static final String SESSIONS = "bellhop.retention.sessions";
    private static final String AUDIT = "bellhop.retention.audit";
    private static final String FOREVER = "forever";

    /**
     * Longer than Svix retries a delivery, so that no late event arrives for a session whose row has already been
     * deleted.
     */
    private static final Duration MIN_FOR_ROWS = Duration.ofDays(2);

    private static final String RULE_FOR_ROWS = FOREVER + ", or a time of at least 2d";

    /** Payloads for 7 days, messages for 90 days, sessions and audit log without limit. */
    public static final RetentionSettings DEFAULT =
            new RetentionSettings(Duration.ofDays(7), Duration.ofDays(90), null, null);

    /**
     * Validates the times.
     *
     * @throws InvalidSettingException if a time is invalid; the message names the first one
     */
    public RetentionSettings {
        require(payloads.compareTo(Duration.ZERO) > 0, "bellhop.retention.payloads", "a time above zero, such as 7d");
        require(
                messages.compareTo(payloads) >= 0,
                "bellhop.retention.messages",
                "at least as long as bellhop.retention.payloads");
        require(sessions == null || sessions.compareTo(MIN_FOR_ROWS) >= 0, SESSIONS, RULE_FOR_ROWS);
        require(audit == null || audit.compareTo(MIN_FOR_ROWS) >= 0, AUDIT, RULE_FOR_ROWS);
    }

    /**
     * Creates settings with the times for sessions and the audit log given as strings.
     *
     * @param sessions {@code forever}, or a time
     * @param audit    {@code forever}, or a time
     * @param times    parses a time; throws {@link IllegalArgumentException} for an invalid one
     * @throws InvalidSettingException if a time is invalid; the message names the first one
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
