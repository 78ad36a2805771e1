package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A message as it is written to the inbox for the first time.
 *
 * @param messageId     the message's id
 * @param type          the event's type, null when untyped
 * @param entityId      the entity's id
 * @param instanceId    the Clerk instance that sent it
 * @param occurredAt    the envelope's time in milliseconds
 * @param receivedAt    when it came, in milliseconds
 * @param state         where it stands
 * @param reason        why, for {@link MessageState#ASIDE} and {@link MessageState#DEAD}
 * @param nextAttemptAt when the worker is to mirror it, in milliseconds; null when it need not
 * @param payload       the exact bytes that were signed
 * @param subjectId     whose data the payload carries: the user that it names, else the entity itself
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go to the database as they are; rows are never compared
public record InboxRow(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        @Nullable String instanceId,
        @Nullable Long occurredAt,
        long receivedAt,
        MessageState state,
        @Nullable String reason,
        @Nullable Long nextAttemptAt,
        byte[] payload,
        @Nullable String subjectId) {
    /** The same message, to be mirrored by the worker from the given time on. */
    public InboxRow awaitingMend(long at) {
        return new InboxRow(
                messageId,
                type,
                entityId,
                instanceId,
                occurredAt,
                receivedAt,
                MessageState.KEPT,
                null,
                at,
                payload,
                subjectId);
    }

    /** When it became a dead letter, in milliseconds: at once, or null. */
    public @Nullable Long diedAt() {
        return state == MessageState.DEAD ? (Long) receivedAt : null;
    }

    @Override
    public String toString() {
        return "InboxRow[" + messageId + ", " + state + "]";
    }
}
