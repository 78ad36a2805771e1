package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the inbox, without the payload.
 *
 * @param messageId     the message's id
 * @param type          the event's type; null if untyped
 * @param entityId      the id of the event's entity
 * @param instanceId    the Clerk instance that sent it
 * @param occurredAt    when Clerk created the event, from its envelope
 * @param receivedAt    when the first delivery was received
 * @param state         the message's state
 * @param reason        the reason for the state
 * @param attempts      the number of the worker's attempts to mirror it
 * @param nextAttemptAt when the worker tries next; null if no attempt is due
 * @param diedAt        when it became a dead letter
 * @param hasPayload    whether its payload is still stored
 */
public record MessageRecord(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        @Nullable String instanceId,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        MessageState state,
        @Nullable String reason,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant diedAt,
        boolean hasPayload) {
    /** Returns whether the message is waiting for the worker. */
    public boolean isWaiting() {
        return nextAttemptAt != null;
    }

    /** Returns the state as shown to people. */
    public ListedState listed() {
        return isWaiting() ? ListedState.WAITING : ListedState.valueOf(state.name());
    }

    /** Returns its position in the order of receipt. */
    public MessagePlace place() {
        return new MessagePlace(receivedAt.toEpochMilli(), messageId);
    }
}
