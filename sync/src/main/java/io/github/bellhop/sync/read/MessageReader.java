package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.MessageSql;
import io.github.bellhop.sync.store.RunSql;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.store.Wildcards;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads kept messages, for people. Changes nothing; safe for concurrent use. */
public final class MessageReader {
    private final Database database;
    private final Wildcards wildcards;

    /** A reader of this database. */
    public MessageReader(Database database) {
        this.database = database;
        wildcards = database.dialect().wildcards();
    }

    /**
     * The newest messages, newest first.
     *
     * @param before where to go on; null begins with the newest
     * @throws StoreException when the database cannot be read, for one because its tables are not made yet
     */
    public List<MessageRecord> newest(MessageFilter filter, @Nullable MessagePlace before, int limit) {
        return database.read(connection -> MessageSql.newest(connection, wildcards, filter, before, limit));
    }

    /**
     * The place of a message; empty when it is unknown.
     *
     * @throws StoreException when the database cannot be read
     */
    public Optional<MessagePlace> place(String messageId) {
        return database.read(connection -> Optional.ofNullable(MessageSql.find(connection, messageId)))
                .map(MessageRecord::place);
    }

    /**
     * A message with its payload and runs; empty when it is unknown.
     *
     * @throws StoreException when the database cannot be read
     */
    public Optional<KeptMessage> message(String messageId) {
        return database.read(connection -> {
            MessageRecord message = MessageSql.find(connection, messageId);
            return message == null
                    ? Optional.empty()
                    : Optional.of(new KeptMessage(
                            message, RunSql.payload(connection, messageId), MessageSql.runs(connection, messageId)));
        });
    }

    /**
     * How many messages there are.
     *
     * @param after       only those that came after this place; null for all
     * @param withPayload whether those are meant that have their payload, or those that have not
     * @throws StoreException when the database cannot be read
     */
    public long count(MessageFilter filter, @Nullable MessagePlace after, boolean withPayload) {
        return database.read(connection -> MessageSql.count(connection, wildcards, filter, after, withPayload));
    }

    /**
     * The places of the oldest messages that have their payload, oldest first.
     *
     * @param after where to go on; null begins with the oldest
     * @throws StoreException when the database cannot be read
     */
    public List<MessagePlace> oldestWithPayload(MessageFilter filter, @Nullable MessagePlace after, int limit) {
        return database.read(connection -> MessageSql.oldestWithPayload(connection, wildcards, filter, after, limit));
    }
}
