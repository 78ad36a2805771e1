package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it lies in the inbox.
 *
 * @param messageId  the message's id
 * @param receivedAt when it first came
 * @param attempts   how often the worker has tried to mirror it
 * @param payload    the exact bytes that were signed; null when their time was up
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // read once and projected; never compared
public record StoredMessage(String messageId, Instant receivedAt, int attempts, byte @Nullable [] payload) {
    @Override
    public String toString() {
        return "StoredMessage[" + messageId + ", attempts " + attempts + "]";
    }
}
