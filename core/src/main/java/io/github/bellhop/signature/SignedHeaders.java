package io.github.bellhop.signature;

import java.time.Instant;

/**
 * The three signature headers of a delivery, well-formed and recent enough; not yet proven. They print without the
 * signatures.
 *
 * @param messageId  the message's id, the same over all retries of the message
 * @param attemptAt  when the sender signed this attempt, in whole seconds
 * @param signatures the signature header as it came
 */
public record SignedHeaders(String messageId, Instant attemptAt, String signatures) {
    @Override
    public String toString() {
        return "SignedHeaders[messageId=" + messageId + ", attemptAt=" + attemptAt + "]";
    }
}
