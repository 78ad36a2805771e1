package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A message in the inbox, with its payload.
 *
 * @param about   the inbox row without the payload
 * @param payload the exact bytes that were signed; null if they have been cleared
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // read once; never compared
public record StoredMessage(MessageRecord about, byte @Nullable [] payload) {
    @Override
    public String toString() {
        return "StoredMessage[" + about.messageId() + ", attempts " + about.attempts() + "]";
    }
}
