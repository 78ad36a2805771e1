package io.github.bellhop.sync.inbox;

import io.github.bellhop.event.Envelope;
import java.time.Instant;

/**
 * A verified message to store.
 *
 * @param messageId  the message's id, the same for all its deliveries
 * @param envelope   the message's parsed envelope
 * @param receivedAt when this delivery was received
 * @param payload    the exact bytes that were signed; they are not copied and must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed through; messages are never compared
public record IncomingMessage(String messageId, Envelope envelope, Instant receivedAt, byte[] payload) {
    @Override
    public String toString() {
        return "IncomingMessage[" + messageId + "]";
    }
}
