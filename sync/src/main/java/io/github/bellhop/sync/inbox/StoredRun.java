package io.github.bellhop.sync.inbox;

import java.time.Instant;

/**
 * A run of a handler as it is claimed.
 *
 * @param messageId    the message
 * @param handler      the handler's name
 * @param entityId     the lane's entity
 * @param receivedAt   when the message first came
 * @param attempts     how many attempts have failed
 * @param stale        what the mirror found
 * @param replay       whether somebody asked for it
 * @param clearPayload whether the payload is to go with the last run of the message
 * @hidden
 */
public record StoredRun(
        String messageId,
        String handler,
        String entityId,
        Instant receivedAt,
        int attempts,
        boolean stale,
        boolean replay,
        boolean clearPayload) {}
