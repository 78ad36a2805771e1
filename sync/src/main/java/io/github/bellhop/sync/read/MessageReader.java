package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.ListedState;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.HandlerSql;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.store.Wildcards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads stored messages for display. Read-only and thread-safe. */
public final class MessageReader {
    /** The number of messages after which a search without a start time stops. */
    private static final int DEFAULT_SEARCH_LIMIT = 500_000;

    /** The approximate number of messages that one statement of a search reads. */
    private static final int PART = 10_000;

    private final Database database;
    private final Wildcards wildcards;
    private final int searched;

    /** Creates a reader for this database. */
    public MessageReader(Database database) {
        this(database, DEFAULT_SEARCH_LIMIT);
    }

    /**
     * Creates a reader for this database with another search limit.
     *
     * @param searched the number of messages after which a search without a start time stops
     */
    public MessageReader(Database database, int searched) {
        this.database = database;
        this.searched = searched;
        wildcards = database.dialect().wildcards();
    }

    /**
     * Returns the newest messages, newest first. If no index supports the filter, this may read the whole inbox.
     *
     * @param before where to continue; null starts with the newest
     * @throws StoreException if the database cannot be read, for example because its tables do not exist yet
     */
    public List<MessageRecord> newest(MessageFilter filter, @Nullable MessagePlace before, int limit) {
        return database.read(connection -> MessageSql.newest(connection, wildcards, filter, before, limit));
    }

    /**
     * Searches for messages, newest first. If no index supports the filter (for example, a filter by a rare type), the
     * inbox is searched in parts with short statements. Without a start time, the search stops after about 500,000
     * messages, or after the number passed to the constructor.
     *
     * @param before where to continue; null starts with the newest
     * @throws StoreException if the database cannot be read, for example because its tables do not exist yet
     */
    public MessagePage search(MessageFilter filter, @Nullable MessagePlace before, int limit) {
        if (isIndexed(filter)) {
            return new MessagePage(newest(filter, before, limit), null);
        }
        List<MessageRecord> found = new ArrayList<>();
        Instant until = filter.until();
        if (before != null) {
            Instant after = Instant.ofEpochMilli(before.receivedAt() + 1);
            until = until == null || after.isBefore(until) ? after : until;
        }
        for (int searchedSoFar = 0; filter.since() != null || searchedSoFar < searched; searchedSoFar += PART) {
            Instant begin = begin(until).orElse(null);
            boolean last = begin == null || (filter.since() != null && !begin.isAfter(filter.since()));
            MessageFilter part = filter.within(last ? filter.since() : begin, until);
            found.addAll(newest(part, before, limit - found.size()));
            if (last || found.size() == limit) {
                return new MessagePage(found, null);
            }
            until = begin;
        }
        return new MessagePage(found, until);
    }

    /** Returns the start of the part that ends at a time; empty if no messages are older than the part. */
    private Optional<Instant> begin(@Nullable Instant end) {
        long until = end == null ? Long.MAX_VALUE : end.toEpochMilli();
        return database.read(connection -> MessageSql.timeBack(connection, until, PART));
    }

    /** Returns whether an index supports the filter, or most messages match it. */
    private static boolean isIndexed(MessageFilter filter) {
        boolean byState = !filter.states().contains(ListedState.MIRRORED);
        return filter.entityId() != null || (filter.types().isEmpty() && byState);
    }

    /**
     * Returns the position of a message; empty if the message is unknown.
     *
     * @throws StoreException if the database cannot be read
     */
    public Optional<MessagePlace> place(String messageId) {
        return database.read(connection -> InboxSql.find(connection, messageId)).map(MessageRecord::place);
    }

    /**
     * Returns a message with its payload and runs; empty if the message is unknown.
     *
     * @throws StoreException if the database cannot be read
     */
    public Optional<KeptMessage> message(String messageId) {
        return database.read(connection -> {
            StoredMessage stored = InboxSql.stored(connection, messageId).orElse(null);
            return stored == null
                    ? Optional.empty()
                    : Optional.of(new KeptMessage(
                            stored.about(), stored.payload(), HandlerSql.runs(connection, List.of(messageId))));
        });
    }

    /**
     * Returns the unfinished handler runs of these messages, by message id. Messages without unfinished runs are
     * omitted.
     *
     * @throws StoreException if the database cannot be read
     */
    public Map<String, List<RunRecord>> runs(Collection<String> messageIds) {
        return database.read(connection -> HandlerSql.runs(connection, messageIds)).stream()
                .collect(Collectors.groupingBy(RunRecord::messageId));
    }

    /**
     * Returns the names of the known handlers: those that an app has registered, and those that have runs.
     *
     * @throws StoreException if the database cannot be read
     */
    public Set<String> handlers() {
        return database.read(connection -> {
            Set<String> names = new TreeSet<>(HandlerSql.registered(connection));
            names.addAll(HandlerSql.namesOfRuns(connection));
            return names;
        });
    }

    /**
     * Counts messages in parts, with a short statement for each part.
     *
     * @param after       the position after which messages are counted; null to count all
     * @param withPayload true to count the messages with a payload; false to count those without
     * @throws StoreException if the database cannot be read
     */
    public long count(MessageFilter filter, @Nullable MessagePlace after, boolean withPayload) {
        long count = 0;
        Instant since = filter.since();
        Instant until = filter.until();
        while (true) {
            Instant begin = begin(until).orElse(null);
            boolean last = begin == null
                    || (since != null && !begin.isAfter(since))
                    || (after != null && begin.toEpochMilli() <= after.receivedAt());
            MessageFilter part = filter.within(last ? since : begin, until);
            count += database.read(connection -> MessageSql.count(connection, wildcards, part, after, withPayload));
            if (last) {
                return count;
            }
            until = begin;
        }
    }

    /**
     * Returns the positions of the oldest messages that still have their payload, oldest first. If no index supports
     * the filter (for example, a filter by a rare type), the inbox is searched to the end in parts with short
     * statements.
     *
     * @param after where to continue; null starts with the oldest
     * @throws StoreException if the database cannot be read
     */
    public List<MessagePlace> oldestWithPayload(MessageFilter filter, @Nullable MessagePlace after, int limit) {
        List<MessagePlace> found = new ArrayList<>();
        Instant since = filter.since();
        if (after != null && (since == null || since.toEpochMilli() < after.receivedAt())) {
            since = Instant.ofEpochMilli(after.receivedAt());
        }
        while (true) {
            Instant end = filter.entityId() == null ? end(since).orElse(null) : null;
            boolean last = end == null || (filter.until() != null && !end.isBefore(filter.until()));
            MessageFilter part = filter.within(since, last ? filter.until() : end);
            int room = limit - found.size();
            found.addAll(database.read(
                    connection -> MessageSql.oldestWithPayload(connection, wildcards, part, after, room)));
            if (last || found.size() == limit) {
                return found;
            }
            since = end;
        }
    }

    /** Returns the end of the part that begins at a time; empty if the rest of the inbox is smaller than a part. */
    private Optional<Instant> end(@Nullable Instant begin) {
        long since = begin == null ? Long.MIN_VALUE : begin.toEpochMilli();
        return database.read(connection -> MessageSql.timeAhead(connection, since, PART));
    }
}
