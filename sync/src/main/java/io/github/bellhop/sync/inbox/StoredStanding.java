package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a message of some entity stands.
 *
 * @param messageId  the message's id
 * @param type       the event's type
 * @param receivedAt when it first came
 * @param state      where it stands
 * @param reason     why
 * @param waiting    whether it waits for the worker
 * @param hasPayload whether its payload is there
 */
public record StoredStanding(
        String messageId,
        @Nullable String type,
        Instant receivedAt,
        MessageState state,
        @Nullable String reason,
        boolean waiting,
        boolean hasPayload) {}
