package io.github.bellhop.sync.inbox;

import java.util.Comparator;

/**
 * The position of a message in the order of receipt.
 *
 * @param receivedAt when the message was received, in milliseconds since 1970
 * @param messageId  the message's id, which orders messages received in the same millisecond
 */
public record MessagePlace(long receivedAt, String messageId) implements Comparable<MessagePlace> {
    private static final Comparator<MessagePlace> ORDER =
            Comparator.comparingLong(MessagePlace::receivedAt).thenComparing(MessagePlace::messageId);

    @Override
    public int compareTo(MessagePlace other) {
        return ORDER.compare(this, other);
    }
}
