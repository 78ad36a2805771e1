package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.store.Dialect.ClaimHolder;
import org.jspecify.annotations.Nullable;

/**
 * A run claimed by a transaction.
 *
 * @param handler  the run's handler
 * @param run      the run
 * @param holder   the claiming transaction; null if the database does not allow another connection to end it
 * @param type     the event's type; null if it has none or has not been read yet
 * @param entityId the id of the event's entity; null if it has none or has not been read yet
 */
record ClaimedRun(
        Handlers.Registered<?> handler,
        RunRow run,
        @Nullable ClaimHolder holder,
        @Nullable String type,
        @Nullable String entityId) {
    /** Returns this run with the type and entity id of its message. */
    ClaimedRun of(MessageRecord message) {
        return new ClaimedRun(handler, run, holder, message.type(), message.entityId());
    }

    int attempt() {
        return run.attempts() + 1;
    }

    /** Returns the run's description for the log. */
    @Override
    public String toString() {
        return "Handler " + run.handler() + ", message " + run.messageId() + " (" + printable(type) + " of "
                + printable(entityId) + "), attempt " + attempt();
    }

    /** Replaces control characters, so that untrusted text cannot start a new log line. */
    private static String printable(@Nullable String text) {
        return text == null ? "unknown" : text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
