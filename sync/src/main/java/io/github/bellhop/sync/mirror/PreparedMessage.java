package io.github.bellhop.sync.mirror;

import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that can be found out about it without a database: what is written to the inbox, if all goes well,
 * and what it means for the mirror.
 *
 * @param messageId     the message's id
 * @param type          the event's type, null when untyped
 * @param entityId      the entity's id
 * @param instanceId    the Clerk instance that sent it
 * @param occurredAt    the envelope's time in milliseconds
 * @param receivedAt    when it came, in milliseconds
 * @param payload       the exact bytes that were signed
 * @param subjectId     whose data the payload carries: the user that it names, else the entity itself
 * @param state         where it stands
 * @param reason        why, for {@link MessageState#ASIDE} and {@link MessageState#DEAD}
 * @param nextAttemptAt when the worker is to mirror it, in milliseconds; null when it need not
 * @param projection    what it means for the mirror; null when nothing is to be mirrored
 * @param mirrorHeld    whether its row of the mirror must not be read, since another transaction may hold the table
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go to the database as they are; messages are never compared
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
     * The same message, to be kept and left to the worker.
     *
     * @param at   when the worker may try it, in milliseconds
     * @param held whether another transaction holds what it needs
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

    /** Whether the worker is to mirror it. */
    public boolean isLeftToWorker() {
        return nextAttemptAt != null;
    }

    /** What is mirrored together with it; null when nothing is, or the worker does it. */
    public @Nullable Projection toMirror() {
        return isLeftToWorker() ? null : projection;
    }

    /** When it became a dead letter, in milliseconds: at once, or null. */
    public @Nullable Long diedAt() {
        return state == MessageState.DEAD ? (Long) receivedAt : null;
    }

    @Override
    public String toString() {
        return "PreparedMessage[" + messageId + ", " + state + "]";
    }
}
