package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * What the inbox says of a message without its payload.
 *
 * @param messageId  the message's id
 * @param type       the event's type
 * @param entityId   the entity's id
 * @param receivedAt when it came, in milliseconds
 * @param state      where it stands
 * @param waiting    whether it waits for the worker
 * @param hasPayload whether its payload is there
 * @hidden
 */
public record KnownMessage(
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        long receivedAt,
        MessageState state,
        boolean waiting,
        boolean hasPayload) {}
