package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a handler that is not done.
 *
 * @param messageId     the message
 * @param handler       the handler's name
 * @param attempts      how many attempts have failed
 * @param reason        what the last one failed of
 * @param detail        what the program said of that, without what a database quoted; null when nothing is known
 * @param firstFailedAt when the first one failed; null when none did, or a version before noted it
 * @param lastFailedAt  when the last one failed; null when none did, or a version before noted it
 * @param nextAttemptAt when it is due; null while it waits for the mirror, and for what is dead
 * @param diedAt        when it became a dead letter
 * @param head          whether it is the first of its lane; else it waits for others about the same entity
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
    /** Where it stands. */
    public RunState state() {
        return diedAt != null ? RunState.DEAD : attempts > 0 ? RunState.FAILING : RunState.WAITING;
    }

    /** What the last attempt failed of, in one line; null when none failed. */
    public @Nullable String cause() {
        return reason == null || detail == null ? reason : reason + ": " + detail;
    }
}
