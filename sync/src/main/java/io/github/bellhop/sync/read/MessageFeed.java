package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.FeedEntry;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.FeedSql;
import io.github.bellhop.sync.store.RunSql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final TreeSet<FeedEntry> told = new TreeSet<>(FeedEntry.ORDER);
    private long floor;
    private long newest;
    private Place front;

    private MessageFeed(Database database, long from) {
        this.database = database;
        floor = from;
        newest = from;
        front = new Place(from, "");
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
    public List<FeedEntry> next(int limit) {
        // Remembered only in the end: what fails on the way is read again.
        Set<FeedEntry> found = new TreeSet<>(FeedEntry.ORDER);
        Place end = read(front, limit, found);
        if (found.size() < limit) {
            // Only at the front: what lies further back was committed long ago.
            Place unused = read(new Place(Math.max(floor, newest - OVERLAP.toMillis()), ""), limit, found);
        }
        front = end;
        told.addAll(found);
        found.forEach(entry -> newest = Math.max(newest, entry.receivedAt()));
        forget();
        return List.copyOf(found);
    }

    /** Adds what was not told yet, until there is enough or no more; tells how far it came. */
    private Place read(Place from, int limit, Set<FeedEntry> found) {
        Place at = from;
        while (found.size() < limit) {
            List<FeedEntry> page = page(at, limit);
            for (FeedEntry entry : page) {
                if (found.size() == limit) {
                    return at;
                }
                if (!told.contains(entry)) {
                    found.add(entry);
                }
                at = new Place(entry.receivedAt(), entry.messageId());
            }
            if (page.size() < limit) {
                break;
            }
        }
        return at;
    }

    private List<FeedEntry> page(Place at, int limit) {
        return database.read(connection -> FeedSql.next(connection, at.receivedAt, at.messageId, limit));
    }

    private record Place(long receivedAt, String messageId) {}

    private void forget() {
        while (!told.isEmpty() && told.first().receivedAt() < newest - OVERLAP.toMillis()) {
            told.pollFirst();
        }
        while (told.size() > REMEMBERED) {
            FeedEntry forgotten = told.first();
            told.pollFirst();
            floor = forgotten.receivedAt() + 1;
            // What came in the same millisecond goes with it, since the floor is past it.
            while (!told.isEmpty() && told.first().receivedAt() < floor) {
                told.pollFirst();
            }
        }
    }

    /** A message's exact bytes; empty when they are gone. */
    public Optional<byte[]> payload(FeedEntry entry) {
        return database.read(connection -> Optional.ofNullable(RunSql.payload(connection, entry.messageId())));
    }
}
