package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A message as it lies in the inbox.
 *
 * @param about   all that the inbox says of it
 * @param payload the exact bytes that were signed; null when their time was up
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // read once; never compared
public record StoredMessage(MessageRecord about, byte @Nullable [] payload) {
    @Override
    public String toString() {
        return "StoredMessage[" + about.messageId() + ", attempts " + about.attempts() + "]";
    }
}
