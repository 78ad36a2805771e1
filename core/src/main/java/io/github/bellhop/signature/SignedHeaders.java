package io.github.bellhop.signature;

import java.time.Instant;

/**
 * The three signature headers of a delivery. They are well-formed and recent, but not yet verified. {@code toString()}
 * omits the signatures.
 *
 * @param messageId  the message's id, the same for all retries of the message
 * @param attemptAt  when the sender signed this attempt, in whole seconds
 * @param signatures the unchanged signature header
 */
public record SignedHeaders(String messageId, Instant attemptAt, String signatures) {
    @Override
    public String toString() {
        return "SignedHeaders[messageId=" + messageId + ", attemptAt=" + attemptAt + "]";
    }
}
