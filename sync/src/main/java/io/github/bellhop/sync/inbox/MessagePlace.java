package io.github.bellhop.sync.inbox;

import java.util.Comparator;

/**
 * The place of a message in the order in which messages came.
 *
 * @param receivedAt when it came, in milliseconds
 * @param messageId  its id, which decides among those of one millisecond
 */
public record MessagePlace(long receivedAt, String messageId) implements Comparable<MessagePlace> {
    private static final Comparator<MessagePlace> ORDER =
            Comparator.comparingLong(MessagePlace::receivedAt).thenComparing(MessagePlace::messageId);

    @Override
    public int compareTo(MessagePlace other) {
        return ORDER.compare(this, other);
    }
}
