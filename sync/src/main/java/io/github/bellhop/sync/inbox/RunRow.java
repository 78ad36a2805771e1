package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A run of a handler as it is written for the first time, and as it is claimed.
 *
 * @param messageId     the message
 * @param handler       the handler's name
 * @param entityId      the lane's key: the entity's natural key or id, or the message's own id where it names none
 * @param receivedAt    when the message came, in milliseconds: the order in the lane, then the message's id
 * @param nextAttemptAt when it is due, in milliseconds; null while the mirror has not seen the message
 * @param stale         what the mirror found; null while it has not seen the message
 * @param staleToo      whether the handler wants what is stale
 * @param replay        whether somebody asked for it
 * @param clearPayload  whether the payload is to go with the last run of the message
 * @param attempts      how many attempts have failed
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
    /** What names a run. */
    public record Key(String messageId, String handler) {}

    /** What names it. */
    public Key key() {
        return new Key(messageId, handler);
    }
}
