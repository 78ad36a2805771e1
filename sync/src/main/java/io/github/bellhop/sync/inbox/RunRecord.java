package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A handler run that is not done.
 *
 * @param messageId     the message's id
 * @param handler       the handler's name
 * @param attempts      the number of failed attempts
 * @param reason        why the last attempt failed
 * @param detail        the exception's message, without data quoted by a database; null if unknown
 * @param firstFailedAt when the first attempt failed; null if none did, or if an older version of Bellhop recorded it
 * @param lastFailedAt  when the last attempt failed; null if none did, or if an older version of Bellhop recorded it
 * @param nextAttemptAt when it is due; null while it waits for the mirror, and for a dead letter
 * @param diedAt        when it became a dead letter
 * @param head          whether it is the head of its lane; if not, it waits for earlier runs of the lane
 */
public record RunRecord(
        String messageId,
        String handler,
        int attempts,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable Instant firstFailedAt,
        @Nullable Instant lastFailedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant diedAt,
        boolean head) {
    /** Returns the state of the run. */
    public RunState state() {
        return diedAt != null ? RunState.DEAD : attempts > 0 ? RunState.FAILING : RunState.WAITING;
    }

    /** Returns why the last attempt failed, in one line; null if none failed. */
    public @Nullable String cause() {
        return reason == null || detail == null ? reason : reason + ": " + detail;
    }
}
