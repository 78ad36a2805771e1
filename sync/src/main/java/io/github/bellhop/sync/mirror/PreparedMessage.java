package io.github.bellhop.sync.mirror;

import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * A message with everything that can be computed without a database: the values for its row in the inbox, provided that
 * nothing fails, and its changes to the mirror.
 *
 * @param messageId     the message's id
 * @param type          the event's type; null if untyped
 * @param entityId      the entity's id
 * @param instanceId    the Clerk instance that sent the message
 * @param occurredAt    the envelope's time in milliseconds
 * @param receivedAt    the time of receipt in milliseconds
 * @param payload       the exact bytes that were signed
 * @param subjectId     the id of the user whom the message is about, or else of the entity itself
 * @param state         the message's state
 * @param reason        the reason for the state, for {@link MessageState#ASIDE} and {@link MessageState#DEAD}
 * @param nextAttemptAt the time from which the worker may mirror it, in milliseconds; null if the worker does not
 *                      mirror it
 * @param projection    the changes to the mirror; null if there is nothing to mirror
 * @param mirrorHeld    whether the message's row of the mirror must not be read because another transaction may have
 *                      locked the table
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are stored unchanged; messages are never compared
public record PreparedMessage(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        @Nullable String instanceId,
        @Nullable Long occurredAt,
        long receivedAt,
        byte[] payload,
        @Nullable String subjectId,
        MessageState state,
        @Nullable String reason,
        @Nullable Long nextAttemptAt,
        @Nullable Projection projection,
        boolean mirrorHeld) {
    /**
     * Returns a copy that is stored now and mirrored by the worker later.
     *
     * @param at   the time from which the worker may mirror it, in milliseconds
     * @param held whether another transaction has locked a table that the message needs
     */
    public PreparedMessage leftToWorker(long at, boolean held) {
        return new PreparedMessage(
                messageId,
                type,
                entityId,
                instanceId,
                occurredAt,
                receivedAt,
                payload,
                subjectId,
                MessageState.KEPT,
                null,
                at,
                projection,
                held);
    }

    /** Returns whether the worker mirrors the message later. */
    public boolean isLeftToWorker() {
        return nextAttemptAt != null;
    }

    /**
     * Returns the changes to mirror in the same transaction; null if there are none or the worker mirrors them later.
     */
    public @Nullable Projection toMirror() {
        return isLeftToWorker() ? null : projection;
    }

    /**
     * Returns the time of receipt in milliseconds if the message became a dead letter at that moment; otherwise null.
     */
    public @Nullable Long diedAt() {
        return state == MessageState.DEAD ? (Long) receivedAt : null;
    }

    @Override
    public String toString() {
        return "PreparedMessage[" + messageId + ", " + state + "]";
    }
}
