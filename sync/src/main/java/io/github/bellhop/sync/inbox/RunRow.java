package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A handler run, as inserted and as claimed.
 *
 * @param messageId     the message's id
 * @param handler       the handler's name
 * @param entityId      the lane's key: the entity's natural key or id, or the message's id if it names no entity
 * @param receivedAt    when the message was received, in milliseconds since 1970; orders the lane, with the message's
 *                      id as the tie-breaker
 * @param nextAttemptAt when it is due, in milliseconds since 1970; null until the mirror has processed the message
 * @param stale         whether the message was stale compared with the mirror; null until the mirror has processed the
 *                      message
 * @param staleToo      whether the handler wants stale messages
 * @param replay        whether it was requested by a replay
 * @param clearPayload  whether to clear the payload with the message's last run
 * @param attempts      the number of failed attempts
 * @hidden
 */
public record RunRow(
        String messageId,
        String handler,
        String entityId,
        long receivedAt,
        @Nullable Long nextAttemptAt,
        @Nullable Boolean stale,
        boolean staleToo,
        boolean replay,
        boolean clearPayload,
        int attempts) {
    /** The primary key of a run. */
    public record Key(String messageId, String handler) {}

    /** Returns the primary key. */
    public Key key() {
        return new Key(messageId, handler);
    }
}
