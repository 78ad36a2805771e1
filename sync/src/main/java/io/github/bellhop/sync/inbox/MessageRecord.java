package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the inbox says of a message but its payload.
 *
 * @param messageId     the message's id
 * @param type          the event's type, null when untyped
 * @param entityId      the entity's id
 * @param instanceId    the Clerk instance that sent it
 * @param occurredAt    the envelope's time
 * @param receivedAt    when it first came
 * @param state         where it stands
 * @param reason        why
 * @param attempts      how often the worker has tried to mirror it
 * @param nextAttemptAt when it is to try again; null when it need not
 * @param diedAt        when it became a dead letter
 * @param hasPayload    whether its payload is there
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
    /** Whether it waits for the worker. */
    public boolean isWaiting() {
        return nextAttemptAt != null;
    }

    /** Where it stands, as people are told. */
    public ListedState listed() {
        return isWaiting() ? ListedState.WAITING : ListedState.valueOf(state.name());
    }

    /** Its place among the others: by when they came, then by their ids. */
    public MessagePlace place() {
        return new MessagePlace(receivedAt.toEpochMilli(), messageId);
    }
}
