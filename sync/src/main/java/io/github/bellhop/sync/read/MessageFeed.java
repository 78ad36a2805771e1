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
 * Reads the inbox in the order in which messages came, and tells each message once.
 *
 * <p>A message is dated when it arrives and can be read when it is committed, so one may turn up behind others that
 * came later. The feed therefore looks back by {@link #OVERLAP} each time and remembers what it told of that. Who begins
 * anew after the last message that was told to them looks back as far, and meets those again. A message that takes
 * longer than that to be committed, or comes from a server whose clock is further behind, can be missed.
 *
 * <p>For one reader; not safe for concurrent use.
 */
public final class MessageFeed {
    /** How far it looks back: longer than from a message's arrival to its commit or its failure. */
    public static final Duration OVERLAP = Duration.ofSeconds(30);

    /** How many messages it remembers; with more within the overlap, it looks back less far. */
    static final int REMEMBERED = 50_000;

    private final Database database;
    private final TreeSet<MessagePlace> told = new TreeSet<>();
    private long floor;
    private long newest;
    private MessagePlace front;

    private MessageFeed(Database database, long from) {
        this.database = database;
        floor = from;
        newest = from;
        front = new MessagePlace(from, "");
    }

    /** A feed of what came at the given time and later. */
    public static MessageFeed since(Database database, Instant from) {
        return new MessageFeed(database, from.toEpochMilli());
    }

    /** A feed that goes on for somebody to whom a message of the given time was told last. */
    public static MessageFeed after(Database database, Instant last) {
        return since(database, last.minus(OVERLAP));
    }

    /**
     * The next messages that were not told yet, in their order, though some may turn up behind others that
     * were told before; empty when there are none now.
     *
     * @param limit how many at most, above zero
     */
    public List<MessageRecord> next(int limit) {
        // Remembered only in the end: what fails on the way is read again.
        SortedMap<MessagePlace, MessageRecord> found = new TreeMap<>();
        MessagePlace end = read(front, limit, found);
        if (found.size() < limit) {
            // Only at the front: what lies further back was committed long ago.
            MessagePlace unused =
                    read(new MessagePlace(Math.max(floor, newest - OVERLAP.toMillis()), ""), limit, found);
        }
        front = end;
        told.addAll(found.keySet());
        if (!found.isEmpty()) {
            newest = Math.max(newest, found.lastKey().receivedAt());
        }
        forget();
        return List.copyOf(found.values());
    }

    /** Adds what was not told yet, until there is enough or no more; tells how far it came. */
    private MessagePlace read(MessagePlace from, int limit, SortedMap<MessagePlace, MessageRecord> found) {
        MessagePlace at = from;
        while (found.size() < limit) {
            List<MessageRecord> page = page(at, limit);
            for (MessageRecord message : page) {
                if (found.size() == limit) {
                    return at;
                }
                at = message.place();
                if (!told.contains(at)) {
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

    private void forget() {
        while (!told.isEmpty() && told.first().receivedAt() < newest - OVERLAP.toMillis()) {
            told.pollFirst();
        }
        while (told.size() > REMEMBERED) {
            MessagePlace forgotten = told.first();
            told.pollFirst();
            floor = forgotten.receivedAt() + 1;
            // What came in the same millisecond goes with it, since the floor is past it.
            while (!told.isEmpty() && told.first().receivedAt() < floor) {
                told.pollFirst();
            }
        }
    }

    /** A message's exact bytes; empty when they are gone. */
    public Optional<byte[]> payload(MessageRecord message) {
        return database.read(connection -> InboxSql.stored(connection, message.messageId()))
                .map(StoredMessage::payload);
    }
}
