package io.github.bellhop.sync.read;

import io.github.bellhop.sync.erase.ErasureSql;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Version;
import io.github.bellhop.sync.refusal.Refusals;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.HandlerSql;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.MirrorSql;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of a database, for diagnosis. Read-only and thread-safe.
 *
 * @hidden
 */
public final class StatusReader {
    private static final String FAILING =
            "select count(*) from bellhop_inbox where next_attempt_at is not null and attempts > 0";
    private static final String ROW_DELETED = "select id from %s where id = ? and deleted_at is not null";

    /**
     * The status of a database.
     *
     * @param lastReceived when the newest message was received; null if there are no messages
     * @param waiting      the number of messages waiting for the worker
     * @param failing      the number of waiting messages with at least one failed attempt to mirror them
     * @param dead         the number of messages that are dead letters
     * @param runsWaiting  the number of handler runs that are not done
     * @param runsFailing  the number of those runs that have failed
     * @param runsDead     the number of runs that are dead letters
     */
    public record DatabaseStatus(
            @Nullable Instant lastReceived,
            long waiting,
            long failing,
            long dead,
            long runsWaiting,
            long runsFailing,
            long runsDead) {}

    /**
     * What a database contains about an entity.
     *
     * @param row      the state of its row in the mirror
     * @param deleted  whether it has a tombstone
     * @param erased   whether it was erased
     * @param messages the newest 100 messages about it, newest first
     * @param runs     the unfinished handler runs of these messages
     */
    public record EntityStatus(
            Row row, boolean deleted, boolean erased, List<MessageRecord> messages, List<RunRecord> runs) {
        /** The state of an entity's row in the mirror. */
        public enum Row {
            /** There is no row. */
            NONE,
            /** The row is a stub: it comes only from a copy inside another entity. */
            NESTED,
            /** The row is marked as deleted. */
            DELETED,
            /** The row is the full entity. */
            WHOLE
        }

        /** Copies the lists. */
        public EntityStatus {
            messages = List.copyOf(messages);
            runs = List.copyOf(runs);
        }
    }

    private final Database database;

    /** Creates a reader for this database. */
    public StatusReader(Database database) {
        this.database = database;
    }

    /**
     * Counts the waiting messages and runs and the dead letters.
     *
     * @throws StoreException if the database cannot be read, for example because its tables do not exist yet
     */
    public DatabaseStatus status() {
        return database.read(connection -> {
            Long last = InboxSql.lastReceivedAt(connection);
            HandlerSql.Open runs = HandlerSql.open(connection);
            return new DatabaseStatus(
                    last == null ? null : Instant.ofEpochMilli(last),
                    InboxSql.countWaiting(connection),
                    Sql.of(FAILING).count(connection),
                    InboxSql.countDead(connection),
                    runs.waiting(),
                    runs.failing(),
                    HandlerSql.countDead(connection));
        });
    }

    /**
     * Returns the refusals after the given time, grouped by reason, most recent first.
     *
     * @throws StoreException if the database cannot be read, for example because the table does not exist yet
     */
    public List<Refusals.Count> refusedSince(Instant time) {
        return Refusals.since(database, time);
    }

    /**
     * Returns what the database contains about an entity.
     *
     * @throws StoreException if the database cannot be read
     */
    public EntityStatus entity(MirrorTable table, String id) {
        EntityKey key = table.key(id);
        return database.read(connection -> {
            List<MessageRecord> messages = MessageSql.ofEntity(connection, id);
            return new EntityStatus(
                    row(connection, table, id),
                    MirrorSql.isDeleted(connection, key),
                    !ErasureSql.erased(connection, List.of(key)).isEmpty(),
                    messages,
                    HandlerSql.runs(
                            connection,
                            messages.stream().map(MessageRecord::messageId).toList()));
        });
    }

    private static EntityStatus.Row row(Connection connection, MirrorTable table, String id) throws SQLException {
        Optional<Version> version = MirrorSql.version(connection, table, id);
        if (version.isEmpty()) {
            return EntityStatus.Row.NONE;
        }
        if (Sql.of(ROW_DELETED.formatted(table.name()), id).exists(connection)) {
            return EntityStatus.Row.DELETED;
        }
        return version.get().isNested() ? EntityStatus.Row.NESTED : EntityStatus.Row.WHOLE;
    }

    /**
     * Returns the time of the database's clock; null if it has no clock of its own.
     *
     * @throws StoreException if the database cannot be read
     */
    public @Nullable Instant databaseClock() {
        String clock = database.dialect().clock();
        return clock == null
                ? null
                : Instant.ofEpochMilli(database.read(connection -> Sql.of(clock).count(connection)));
    }
}
