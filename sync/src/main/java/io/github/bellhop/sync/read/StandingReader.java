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
 * Reads how things stand, for whoever looks for what is wrong. Changes nothing; safe for concurrent use.
 *
 * @hidden
 */
public final class StandingReader {
    private static final String FAILING =
            "select count(*) from bellhop_inbox where next_attempt_at is not null and attempts > 0";
    private static final String ROW_DELETED = "select id from %s where id = ? and deleted_at is not null";

    /**
     * How things stand in a database.
     *
     * @param lastReceived when the newest message came; null when none ever did
     * @param waiting      messages that wait for the worker
     * @param failing      those of them that it has failed to mirror
     * @param dead         messages that are dead letters
     * @param runsWaiting  runs of handlers that are not done
     * @param runsFailing  those of them that have failed
     * @param runsDead     runs that are dead letters
     */
    public record Standing(
            @Nullable Instant lastReceived,
            long waiting,
            long failing,
            long dead,
            long runsWaiting,
            long runsFailing,
            long runsDead) {}

    /**
     * What a database knows of an entity.
     *
     * @param row      its row in the mirror
     * @param deleted  whether it has a tombstone
     * @param erased   whether it was erased
     * @param messages the newest hundred messages about it, newest first
     * @param runs     the runs of handlers of these messages that are not done
     */
    public record EntityStanding(
            Row row, boolean deleted, boolean erased, List<MessageRecord> messages, List<RunRecord> runs) {
        /** What the mirror has. */
        public enum Row {
            /** Nothing. */
            NONE,
            /** A copy that came inside another entity. */
            NESTED,
            /** A row that is marked as deleted. */
            DELETED,
            /** The entity itself. */
            WHOLE
        }

        /** Copies. */
        public EntityStanding {
            messages = List.copyOf(messages);
            runs = List.copyOf(runs);
        }
    }

    private final Database database;

    /** A reader of this database. */
    public StandingReader(Database database) {
        this.database = database;
    }

    /**
     * Counts what waits and what is dead.
     *
     * @throws StoreException when the database cannot be read, for one because its tables are not made yet
     */
    public Standing standing() {
        return database.read(connection -> {
            Long last = InboxSql.lastReceivedAt(connection);
            HandlerSql.Open runs = HandlerSql.open(connection);
            return new Standing(
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
     * Returns the refusals after a time, by reason, the latest first.
     *
     * @throws StoreException when the database cannot be read, for one because it has no such table yet
     */
    public List<Refusals.Count> refusedSince(Instant time) {
        return Refusals.since(database, time);
    }

    /**
     * What is known of an entity.
     *
     * @throws StoreException when the database cannot be read
     */
    public EntityStanding entity(MirrorTable table, String id) {
        EntityKey key = table.key(id);
        return database.read(connection -> {
            List<MessageRecord> messages = MessageSql.ofEntity(connection, id);
            return new EntityStanding(
                    row(connection, table, id),
                    MirrorSql.isDeleted(connection, key),
                    !ErasureSql.erased(connection, List.of(key)).isEmpty(),
                    messages,
                    HandlerSql.runs(
                            connection,
                            messages.stream().map(MessageRecord::messageId).toList()));
        });
    }

    private static EntityStanding.Row row(Connection connection, MirrorTable table, String id) throws SQLException {
        Optional<Version> version = MirrorSql.version(connection, table, id);
        if (version.isEmpty()) {
            return EntityStanding.Row.NONE;
        }
        if (Sql.of(ROW_DELETED.formatted(table.name()), id).exists(connection)) {
            return EntityStanding.Row.DELETED;
        }
        return version.get().isNested() ? EntityStanding.Row.NESTED : EntityStanding.Row.WHOLE;
    }

    /**
     * The time by the database's own clock; null when it has none of its own.
     *
     * @throws StoreException when the database cannot be read
     */
    public @Nullable Instant databaseClock() {
        String clock = database.dialect().clock();
        return clock == null
                ? null
                : Instant.ofEpochMilli(database.read(connection -> Sql.of(clock).count(connection)));
    }
}
