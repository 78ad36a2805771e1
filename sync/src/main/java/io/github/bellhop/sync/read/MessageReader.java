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

/** Reads kept messages, for people. Changes nothing; safe for concurrent use. */
public final class MessageReader {
    /** After how many messages a search ends. */
    private static final int SEARCHED = 500_000;

    /** How many messages one statement of a search reads, about. */
    private static final int PART = 10_000;

    private final Database database;
    private final Wildcards wildcards;
    private final int searched;

    /** A reader of this database. */
    public MessageReader(Database database) {
        this(database, SEARCHED);
    }

    /**
     * A reader of this database.
     *
     * @param searched after how many messages a search without a beginning in time ends
     */
    public MessageReader(Database database, int searched) {
        this.database = database;
        this.searched = searched;
        wildcards = database.dialect().wildcards();
    }

    /**
     * The newest messages, newest first, wherever they are: for what no index finds the whole inbox may be read.
     *
     * @param before where to go on; null begins with the newest
     * @throws StoreException when the database cannot be read, for one because its tables are not made yet
     */
    public List<MessageRecord> newest(MessageFilter filter, @Nullable MessagePlace before, int limit) {
        return database.read(connection -> MessageSql.newest(connection, wildcards, filter, before, limit));
    }

    /**
     * Searches for the newest messages, newest first. What no index finds, such as a rare type, is searched in parts, each
     * with a short statement. Without a beginning in time the search ends after 500,000 messages or more, or the number that the reader was given.
     *
     * @param before where to go on; null begins with the newest
     * @throws StoreException when the database cannot be read, for one because its tables are not made yet
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
        for (int past = 0; filter.since() != null || past < searched; past += PART) {
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

    /** Where the part begins that ends at a time; empty when nothing came before it. */
    private Optional<Instant> begin(@Nullable Instant end) {
        long until = end == null ? Long.MAX_VALUE : end.toEpochMilli();
        return database.read(connection -> MessageSql.timeBack(connection, until, PART));
    }

    /** Whether an index finds the messages, or most messages are meant. */
    private static boolean isIndexed(MessageFilter filter) {
        boolean byState = !filter.states().contains(ListedState.MIRRORED);
        return filter.entityId() != null || (filter.types().isEmpty() && byState);
    }

    /**
     * The place of a message; empty when it is unknown.
     *
     * @throws StoreException when the database cannot be read
     */
    public Optional<MessagePlace> place(String messageId) {
        return database.read(connection -> InboxSql.find(connection, messageId)).map(MessageRecord::place);
    }

    /**
     * A message with its payload and runs; empty when it is unknown.
     *
     * @throws StoreException when the database cannot be read
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
     * The runs of handlers of these messages that are not done; of each message that has some.
     *
     * @throws StoreException when the database cannot be read
     */
    public Map<String, List<RunRecord>> runs(Collection<String> messageIds) {
        return database.read(connection -> HandlerSql.runs(connection, messageIds)).stream()
                .collect(Collectors.groupingBy(RunRecord::messageId));
    }

    /**
     * The names of the handlers that are known: those that an app has registered, and those that have runs.
     *
     * @throws StoreException when the database cannot be read
     */
    public Set<String> handlers() {
        return database.read(connection -> {
            Set<String> names = new TreeSet<>(HandlerSql.registered(connection));
            names.addAll(HandlerSql.namesOfRuns(connection));
            return names;
        });
    }

    /**
     * How many messages there are, counted part by part, each in a short statement.
     *
     * @param after       only those that came after this place; null for all
     * @param withPayload whether those are meant that have their payload, or those that have not
     * @throws StoreException when the database cannot be read
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
     * The places of the oldest messages that have their payload, oldest first. What no index finds, such as a rare type, is
     * searched in parts to its end, each with a short statement.
     *
     * @param after where to go on; null begins with the oldest
     * @throws StoreException when the database cannot be read
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

    /** Where the part ends that begins at a time; empty when fewer messages follow. */
    private Optional<Instant> end(@Nullable Instant begin) {
        long since = begin == null ? Long.MIN_VALUE : begin.toEpochMilli();
        return database.read(connection -> MessageSql.timeAhead(connection, since, PART));
    }
}
