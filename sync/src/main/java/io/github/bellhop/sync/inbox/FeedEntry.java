package io.github.bellhop.sync.inbox;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A message in the order in which messages came, without its payload.
 *
 * @param receivedAt when it first came, in milliseconds
 * @param messageId  the message's id, which orders what came in the same millisecond
 * @param type       the event's type, null when untyped
 * @param entityId   the entity's id
 * @param state      where it stands
 * @param hasPayload whether its payload is there still
 */
public record FeedEntry(
        long receivedAt,
        String messageId,
        @Nullable String type,
        @Nullable String entityId,
        MessageState state,
        boolean hasPayload) {
    /** The order of the feed. */
    public static final Comparator<FeedEntry> ORDER =
            Comparator.comparingLong(FeedEntry::receivedAt).thenComparing(FeedEntry::messageId);
}
