package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.store.Dialect.ClaimHolder;
import org.jspecify.annotations.Nullable;

/**
 * A run that a transaction has claimed.
 *
 * @param handler  its handler
 * @param run      the run
 * @param holder   the transaction; null where another connection cannot end it
 * @param type     the event's type; null when it has none, or is not read yet
 * @param entityId the id of the event's entity; null when it has none, or is not read yet
 */
record ClaimedRun(
        Handlers.Registered<?> handler,
        RunRow run,
        @Nullable ClaimHolder holder,
        @Nullable String type,
        @Nullable String entityId) {
    /** The same run, of this message. */
    ClaimedRun of(MessageRecord message) {
        return new ClaimedRun(handler, run, holder, message.type(), message.entityId());
    }

    int attempt() {
        return run.attempts() + 1;
    }

    /** The run as the log names it. */
    @Override
    public String toString() {
        return "Handler " + run.handler() + ", message " + run.messageId() + " (" + plain(type) + " of "
                + plain(entityId) + "), attempt " + attempt();
    }

    /** What others wrote must not begin a line of the log. */
    private static String plain(@Nullable String text) {
        return text == null ? "unknown" : text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
