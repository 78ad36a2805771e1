package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the inbox in order of receipt and returns each message once.
 *
 * <p>A message is ordered by its time of receipt but becomes visible only when it is committed, so it may appear after
 * messages that were received later. Each call therefore looks back by {@link #OVERLAP} and skips the messages that it
 * has already returned. A new feed that continues after a known message also looks back by the overlap, and returns the
 * messages from that period again. A message can be missed if its commit is later than its receipt by more than the
 * overlap, or if the receiving server's clock is behind by more than the overlap.
 *
 * <p>Not thread-safe.
 */
public final class MessageFeed {
    /** How far the feed looks back. This is longer than the time from a message's receipt to its commit or failure. */
    public static final Duration OVERLAP = Duration.ofSeconds(30);

    /**
     * The maximum number of messages that the feed remembers. If the overlap contains more, the feed looks back less
     * far.
     */
    static final int MAX_REMEMBERED = 50_000;

    private final Database database;
    private final TreeSet<MessagePlace> returned = new TreeSet<>();
    private long floor;
    private long newest;
    private MessagePlace front;

    private MessageFeed(Database database, long from) {
        this.database = database;
        floor = from;
        newest = from;
        front = new MessagePlace(from, "");
    }

    /** Creates a feed of the messages received at the given time or later. */
    public static MessageFeed since(Database database, Instant from) {
        return new MessageFeed(database, from.toEpochMilli());
    }

    /**
     * Creates a feed that continues after a message received at the given time. It may return recent messages again.
     */
    public static MessageFeed after(Database database, Instant last) {
        return since(database, last.minus(OVERLAP));
    }

    /**
     * Returns the next messages in order of receipt; empty if there are none now. Some messages may be older than
     * messages that an earlier call returned.
     *
     * @param limit the maximum number of messages, at least 1
     */
    public List<MessageRecord> next(int limit) {
        // The messages are remembered only at the end, so that they are read again after a failure.
        SortedMap<MessagePlace, MessageRecord> found = new TreeMap<>();
        MessagePlace end = read(front, limit, found);
        if (found.size() < limit) {
            // Looks back only at the front: older messages were committed long ago.
            MessagePlace unused =
                    read(new MessagePlace(Math.max(floor, newest - OVERLAP.toMillis()), ""), limit, found);
        }
        front = end;
        returned.addAll(found.keySet());
        if (!found.isEmpty()) {
            newest = Math.max(newest, found.lastKey().receivedAt());
        }
        trim();
        return List.copyOf(found.values());
    }

    /**
     * Adds messages that have not been returned yet, until the limit or the end is reached. Returns the position
     * reached.
     */
    private MessagePlace read(MessagePlace from, int limit, SortedMap<MessagePlace, MessageRecord> found) {
        MessagePlace at = from;
        while (found.size() < limit) {
            List<MessageRecord> page = page(at, limit);
            for (MessageRecord message : page) {
                if (found.size() == limit) {
                    return at;
                }
                at = message.place();
                if (!returned.contains(at)) {
                    found.put(at, message);
                }
            }
            if (page.size() < limit) {
                break;
            }
        }
        return at;
    }

    private List<MessageRecord> page(MessagePlace at, int limit) {
        return database.read(connection -> MessageSql.next(connection, at, limit));
    }

    private void trim() {
        while (!returned.isEmpty() && returned.first().receivedAt() < newest - OVERLAP.toMillis()) {
            returned.pollFirst();
        }
        while (returned.size() > MAX_REMEMBERED) {
            MessagePlace dropped = returned.first();
            returned.pollFirst();
            floor = dropped.receivedAt() + 1;
            // Messages from the same millisecond are dropped too, since the floor is now above them.
            while (!returned.isEmpty() && returned.first().receivedAt() < floor) {
                returned.pollFirst();
            }
        }
    }

    /** Returns a message's exact bytes; empty if they have been cleared. */
    public Optional<byte[]> payload(MessageRecord message) {
        return database.read(connection -> InboxSql.stored(connection, message.messageId()))
                .map(StoredMessage::payload);
    }
}
