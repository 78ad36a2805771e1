package io.github.bellhop.sync.inbox;

import io.github.bellhop.event.Envelope;
import java.time.Instant;

/**
 * A verified message on its way in.
 *
 * @param messageId  the message's id, the same over all its deliveries
 * @param envelope   what its envelope says
 * @param receivedAt when this delivery came
 * @param payload    the exact bytes that were signed; not copied, and not to be changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go through untouched; messages are never compared
public record IncomingMessage(String messageId, Envelope envelope, Instant receivedAt, byte[] payload) {
    @Override
    public String toString() {
        return "IncomingMessage[" + messageId + "]";
    }
}
