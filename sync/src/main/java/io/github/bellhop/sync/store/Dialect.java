package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.mirror.TouchedEntities;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a database is asked to do, in whole statements. Every method works on the caller's connection inside the
 * caller's transaction and neither commits nor rolls back; a crash in between leaves nothing. Implementations hold no
 * state and may be shared between threads.
 */
public interface Dialect {
    /** The database's name in messages: {@code SQLite} or {@code PostgreSQL}. */
    String name();

    /** How many batches one instance writes at once; more gain nothing. */
    int batchesAtOnce();

    /** How many runs of handlers one instance has under way at once. */
    int runsAtOnce();

    /** The longest that a run of a handler may take: it holds off others where there is one writer only. */
    Duration longestRun();

    /** The statement that tells the time by the database's own clock, in milliseconds; null when it has none of its own. */
    default @Nullable String clock() {
        return null;
    }

    /** How it is asked for texts with {@code *} in them. */
    Wildcards wildcards();

    /** What ends a select of rows to be changed, so that two instances at it share the work; may be empty. */
    default String skippingLocked() {
        return "";
    }

    /** The same for rows that keep their ids: it also takes rows that an app's foreign keys refer to at the moment. */
    default String skippingLockedForChange() {
        return "";
    }

    /** What ends a select of rows that nobody may change until the transaction ends; may be empty. */
    default String sharing() {
        return "";
    }

    /**
     * The statement that claims the run that a select finds, which tells besides: {@code free}, whether no other
     * transaction ends the run just now ({@link #holdRun}), and what {@link #claimHolder} reads.
     */
    String claimingRun(String select);

    /** Which transaction has claimed the run in this row; null where another connection cannot end it. */
    default @Nullable ClaimHolder claimHolder(ResultSet row) throws SQLException {
        return null;
    }

    /** Lets nobody claim a run until the transaction ends; whoever has claimed it before is not hindered. */
    default void holdRun(Connection connection, RunRow run) throws SQLException {}

    /** Ends the transaction that has claimed a run, if it is still under way: it is rolled back at once. */
    default void endHolder(Connection connection, ClaimHolder holder) throws SQLException {}

    /** What to run outside of any transaction so that nothing of what was erased is left beside the tables. */
    default List<String> settling() {
        return List.of();
    }

    /** What to run outside of any transaction so that the room of what was erased in these tables is given back. */
    List<String> compacting(Collection<String> tables);

    /** A parameter that takes a time, as {@link Sql#iso} writes it, to compare it with a time of the mirror. */
    default String timeParameter() {
        return "cast(? as " + typePlaceholders().get("time") + ")";
    }

    /** The types of the migration's placeholders. */
    Map<String, String> typePlaceholders();

    /** A statement in which the placeholders of migrations stand for types. */
    default String typed(String sql) {
        String typed = sql;
        for (Map.Entry<String, String> type : typePlaceholders().entrySet()) {
            typed = typed.replace("${" + type.getKey() + "}", type.getValue());
        }
        return typed;
    }

    /** What a fault means: the SQLState decides, on SQLite the result code. */
    StoreException classify(SQLException fault);

    /** Whether a fault may pass by itself: a server that went away comes back, a file is unlocked. */
    boolean isPassing(SQLException fault);

    /** Bounds the transaction that begins; nothing where a transaction is bounded otherwise. */
    default void limit(Connection connection, Limits limits) throws SQLException {}

    /** Whether an index can be built while others write to its table, by several programs that keep out of each other's way. */
    default boolean buildsBesideWriters() {
        return false;
    }

    /** Takes a lock until the transaction ends; false when another program has it. */
    default boolean tryLock(Connection connection, SchemaLock lock) throws SQLException {
        return true;
    }

    /** The same connection, whose statements are cancelled at the server when they take longer. */
    default Connection bounded(Connection connection, Duration longest) {
        return connection;
    }

    /**
     * Finds out what other transactions hold of what these messages need, without waiting for them. The transaction is
     * to be rolled back afterwards.
     */
    default Set<Hold> findLocked(Connection connection, Collection<Projection> projections) throws SQLException {
        return Set.of();
    }

    /**
     * Fails unless messages can be written now. The transaction is to be rolled back afterwards.
     *
     * @param thoroughly whether to write as much as a message needs, which leaves some work to the database's own cleaning
     */
    void proveWritable(Connection connection, boolean thoroughly) throws SQLException;

    /** Adds messages to the inbox. Returns the ids of those that were not there yet. */
    Set<String> appendMessages(Connection connection, Collection<PreparedMessage> messages) throws SQLException;

    /**
     * Holds off every other transaction that touches these entities: a writer of an entity or of its child waits for
     * one that deletes it, and the reverse. Two that only write do not wait for each other. Call once per transaction,
     * before any row of the mirror is touched.
     *
     * @return the times of deletion, in milliseconds, of those to be written that have a tombstone
     */
    Map<EntityKey, Long> lockEntities(Connection connection, TouchedEntities touched) throws SQLException;

    /**
     * Does what {@link #limit}, {@link #appendMessages} and then {@link #lockEntities} do, together if the database can.
     */
    default Opening open(
            Connection connection, Limits limits, Collection<PreparedMessage> messages, TouchedEntities touched)
            throws SQLException {
        limit(connection, limits);
        Set<String> added = appendMessages(connection, messages);
        return new Opening(added, lockEntities(connection, touched));
    }

    /**
     * Locks the rows of a table that have one of the ids in one of the columns, in the order of their own ids, so that
     * two transactions that reach the same rows by different columns wait for each other in turn, not in a ring. Call
     * before {@link #markDeleted} and once per table, parents first.
     */
    default void lockRows(
            Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn)
            throws SQLException {}

    /**
     * Locks the rows of these ids in the order of the ids, making those that are missing, empty and of the lowest
     * version. For rows that take several statements to write, each of which must then be written.
     */
    default void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, Instant now)
            throws SQLException {}

    /**
     * How many rows of tables have an id in a column, for each of these and each id; counted up to a limit, so that a
     * large number costs no more than that.
     */
    default Map<Reached, Integer> countReached(Connection connection, Collection<Reached> reached, int limit)
            throws SQLException {
        Map<Reached, Integer> counts = new HashMap<>();
        for (Reached rows : reached) {
            String sql = "select count(*) from (select 1 from %s where %s = ? limit ?) as counted"
                    .formatted(rows.table(), rows.column());
            counts.put(rows, (int) Sql.of(sql, rows.id(), limit).count(connection));
        }
        return counts;
    }

    /** Leaves tombstones; of two deletions of one entity the earlier time stays. Tells which were new or earlier. */
    Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException;

    /** Marks the rows whose column has one of the ids as deleted at the given times, if not marked as earlier. */
    void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException;

    /**
     * Writes rows where they are missing or of no higher version, and for each row that is written its lists: their
     * rows are added, or changed where they differ. What is not listed any more stays; see {@link #removeUnlisted}.
     * All rows are of one table and write the same columns; no id comes twice. Those that only change existing rows come
     * apart from all others.
     *
     * @param deletedAt per row the time of deletion, null for a live one
     * @param lists     the rows' lists, as far as they are not empty
     * @return one outcome per row
     */
    List<RowOutcome> upsert(
            Connection connection,
            List<EntityRow> rows,
            List<@Nullable Long> deletedAt,
            List<ChildRows> lists,
            Instant now)
            throws SQLException;

    /** Removes from each child table what the parents do not list any more. */
    void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException;

    /** Adds lines to the audit log; a message that has its line already gets no second one. */
    void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException;

    /**
     * Adds runs of handlers, in their order; one that is there, or would be a lane's second head, is left out.
     *
     * @param heads whether they are the first of their lanes
     */
    Set<RunRow.Key> appendRuns(Connection connection, Collection<RunRow> runs, boolean heads) throws SQLException;

    /**
     * Holds lanes until the transaction ends. Those who add to lanes do not wait for each other; who ends a run, and
     * so must know what comes next, waits for them, and they for it.
     *
     * @param exclusive whether a run ends
     */
    default void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive)
            throws SQLException {}

    /**
     * Breaks a connection that another thread works with: its transaction is rolled back, whatever happens there.
     *
     * @param isBack whether that thread waits for no statement any more
     */
    void abort(Connection connection, BooleanSupplier isBack) throws SQLException;

    /**
     * The rows of a child table for some parents.
     *
     * @param table   the child table
     * @param parents the parents' ids: these are all of their rows
     * @param rows    per row the parent's id, the element's id and the declared columns; no element of a parent twice
     */
    record ChildRows(ChildTable table, Set<String> parents, List<@Nullable Object[]> rows) {
        /** The same for only some of the parents. */
        public ChildRows of(Set<String> some) {
            Set<String> kept = new HashSet<>(parents);
            kept.retainAll(some);
            return new ChildRows(
                    table,
                    kept,
                    rows.stream().filter(row -> kept.contains((String) row[0])).toList());
        }
    }

    /**
     * The rows of a table that have an id in a column.
     *
     * @param table  the table's name
     * @param column the column
     * @param id     the id
     */
    record Reached(String table, String column, String id) {}

    /**
     * What the first statements of a batch found.
     *
     * @param added      the ids of the messages that were not in the inbox yet
     * @param tombstones the times of deletion, in milliseconds, of the entities that have a tombstone
     */
    record Opening(Set<String> added, Map<EntityKey, Long> tombstones) {}

    /**
     * The transaction that holds the claim of a run, as the server names it: a process of the server serves one
     * transaction after another, so the time of its start belongs to the name.
     *
     * @param process the server's process
     * @param began   when the transaction began
     */
    record ClaimHolder(int process, OffsetDateTime began) {}

    /**
     * One thing that another transaction can hold, so that a message that needs it must wait.
     *
     * @param kind what it is
     * @param key  which one; of a table, the id is empty
     */
    record Hold(Kind kind, EntityKey key) {
        /** What can be held. */
        public enum Kind {
            /** A table that takes no writes. */
            TABLE,
            /** An entity whose own row, or a row that goes with it, is locked. */
            ROW,
            /** An entity that somebody deletes, or keeps from being deleted. */
            ENTITY
        }

        /** A table. */
        public static Hold table(String name) {
            return new Hold(Kind.TABLE, new EntityKey(name, ""));
        }
    }

    /** What became of a row. */
    enum RowOutcome {
        /** It was not there. */
        INSERTED,
        /** It was there with a lower version. */
        UPDATED,
        /** It is there with a higher version and was left alone. */
        STALE,
        /** It is not there, and was to be changed only if it were. */
        MISSING
    }
}
