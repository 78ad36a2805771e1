package io.github.bellhop.sync.retention;

import java.time.Duration;
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
    /** Payloads for 7 days, messages for 90, sessions and audit log for ever. */
    public static final RetentionSettings DEFAULT =
            new RetentionSettings(Duration.ofDays(7), Duration.ofDays(90), null, null);
}
