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
 * The operations of a database that differ between dialects. Every method uses the caller's connection and transaction,
 * and neither commits nor rolls back, so a crash leaves nothing behind. Implementations are stateless and safe to share
 * between threads.
 */
public interface Dialect {
    /** Returns the database's name for messages: {@code SQLite} or {@code PostgreSQL}. */
    String name();

    /** Returns the number of batches that one instance writes at once. A higher number would not be faster. */
    int batchesAtOnce();

    /** Returns how many handler runs may be active in one instance at once. */
    int runsAtOnce();

    /**
     * Returns the maximum duration of a handler run. In a database with a single writer, a run blocks all other
     * writers.
     */
    Duration longestRun();

    /**
     * Returns a statement that selects the time of the database's clock, in milliseconds; null if the database has no
     * clock of its own.
     */
    default @Nullable String clock() {
        return null;
    }

    /** Returns the syntax for patterns that contain {@code *}. */
    Wildcards wildcards();

    /**
     * Returns the clause that locks the selected rows and skips rows that are already locked, so that several instances
     * share the work; may be empty.
     */
    default String skippingLocked() {
        return "";
    }

    /**
     * Returns the same clause, for rows whose ids do not change. It does not skip rows that are locked only by foreign
     * key checks of the app.
     */
    default String skippingLockedForChange() {
        return "";
    }

    /** Returns the clause that locks the selected rows against changes until the transaction ends; may be empty. */
    default String sharing() {
        return "";
    }

    /**
     * Returns the statement that claims the run found by a select. The statement's result has additional columns:
     * {@code free} is true if no other transaction is ending the run (see {@link #holdRun}); the others are read by
     * {@link #claimHolder}.
     */
    String claimingRun(String select);

    /** Returns the transaction that has claimed the run in this row; null if another connection cannot end it. */
    default @Nullable ClaimHolder claimHolder(ResultSet row) throws SQLException {
        return null;
    }

    /** Prevents new claims of a run until the transaction ends. Does not affect an existing claim. */
    default void holdRun(Connection connection, RunRow run) throws SQLException {}

    /** Ends the transaction that has claimed a run, if that transaction is still active. It is rolled back at once. */
    default void endHolder(Connection connection, ClaimHolder holder) throws SQLException {}

    /**
     * Returns the statements that remove erased data from the database's write-ahead log. They run outside any
     * transaction.
     */
    default List<String> checkpointStatements() {
        return List.of();
    }

    /**
     * Returns the statements that reclaim the space of erased rows in these tables. They run outside any transaction.
     */
    List<String> vacuumStatements(Collection<String> tables);

    /** Returns a placeholder for a time in the format of {@link Sql#iso}, for comparison with a time in the mirror. */
    default String timeParameter() {
        return "cast(? as " + typePlaceholders().get("time") + ")";
    }

    /** Returns the values of the placeholders in migrations, by name. */
    Map<String, String> typePlaceholders();

    /** Returns a statement with its placeholders replaced. */
    default String typed(String sql) {
        String typed = sql;
        for (Map.Entry<String, String> type : typePlaceholders().entrySet()) {
            typed = typed.replace("${" + type.getKey() + "}", type.getValue());
        }
        return typed;
    }

    /** Classifies a fault by its SQLState or, on SQLite, by its result code. */
    StoreException classify(SQLException fault);

    /** Returns whether a fault may be transient. Examples are a server that is restarting and a locked file. */
    boolean isTransient(SQLException fault);

    /** Sets the limits of the transaction. Does nothing if the database has no such limits. */
    default void limit(Connection connection, Limits limits) throws SQLException {}

    /** Returns whether an index can be built while other programs write to its table. */
    default boolean buildsIndexesConcurrently() {
        return false;
    }

    /** Takes a lock until the transaction ends. Returns false if another program holds the lock. */
    default boolean tryLock(Connection connection, SchemaLock lock) throws SQLException {
        return true;
    }

    /** Returns a connection whose statements are cancelled at the server after the given time. */
    default Connection bounded(Connection connection, Duration maxDuration) {
        return connection;
    }

    /**
     * Returns the locks of other transactions that these messages would have to wait for. Does not wait. The caller
     * must roll back the transaction afterwards.
     */
    default Set<Hold> findLocked(Connection connection, Collection<Projection> projections) throws SQLException {
        return Set.of();
    }

    /**
     * Throws if messages cannot be written now. The caller must roll back the transaction afterwards.
     *
     * @param thoroughly whether to write as much data as a message needs; the database's vacuum has to clean it up
     *     later
     */
    void proveWritable(Connection connection, boolean thoroughly) throws SQLException;

    /** Adds messages to the inbox. Returns the ids of the messages that were new. */
    Set<String> appendMessages(Connection connection, Collection<PreparedMessage> messages) throws SQLException;

    /**
     * Locks these entities against other transactions. A transaction that writes an entity or its child waits for a
     * transaction that deletes the entity, and vice versa. Two transactions that only write do not wait for each
     * other. Call this method once per transaction, before accessing any row of the mirror.
     *
     * @return the times of deletion, in milliseconds, of the written entities that have a tombstone
     */
    Map<EntityKey, Long> lockEntities(Connection connection, TouchedEntities touched) throws SQLException;

    /**
     * Runs {@link #limit}, {@link #appendMessages} and {@link #lockEntities}, in one round trip if the database
     * supports it.
     */
    default BatchStart open(
            Connection connection, Limits limits, Collection<PreparedMessage> messages, TouchedEntities touched)
            throws SQLException {
        limit(connection, limits);
        Set<String> added = appendMessages(connection, messages);
        return new BatchStart(added, lockEntities(connection, touched));
    }

    /**
     * Locks the rows of a table that have one of the ids in one of the columns. The rows are locked in the order of
     * their ids, so that two transactions that select the same rows by different columns cannot deadlock. Call this
     * method before {@link #markDeleted}, once per table, parents first.
     */
    default void lockRows(
            Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn)
            throws SQLException {}

    /**
     * Locks the rows with these ids, in order of id. Inserts missing rows with the lowest version and no values. Use
     * this before rows are written by several statements. The caller must then write each of the rows.
     */
    default void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, Instant now)
            throws SQLException {}

    /** Counts the rows of each reference. Counting stops at the limit, to bound the cost. */
    default Map<Reference, Integer> countReferences(Connection connection, Collection<Reference> references, int limit)
            throws SQLException {
        Map<Reference, Integer> counts = new HashMap<>();
        for (Reference reference : references) {
            String sql = "select count(*) from (select 1 from %s where %s = ? limit ?) as counted"
                    .formatted(reference.table(), reference.column());
            counts.put(reference, (int) Sql.of(sql, reference.id(), limit).count(connection));
        }
        return counts;
    }

    /**
     * Writes tombstones. If an entity was deleted twice, the earlier time is kept. Returns the entities whose tombstone
     * is new or now has an earlier time.
     */
    Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException;

    /**
     * Marks the rows that have one of the ids in the column as deleted at the time given for that id. If a row is
     * already marked with an earlier time, that time is kept.
     */
    void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException;

    /**
     * Writes each row that is missing or whose stored version is not higher. For each row that is written, inserts or
     * updates the rows of its lists. Does not remove elements that are no longer listed; see {@link #removeUnlisted}.
     * All rows must belong to the same table, have the same columns, and have different ids. Rows that may only be
     * updated must be in a separate call from rows that may be inserted.
     *
     * @param deletedAt the time of deletion of each row; null for a live row
     * @param lists     the non-empty lists of the rows
     * @return one outcome for each row
     */
    List<RowOutcome> upsert(
            Connection connection,
            List<EntityRow> rows,
            List<@Nullable Long> deletedAt,
            List<ChildRows> lists,
            Instant now)
            throws SQLException;

    /** Removes from each child table the elements that the parents no longer list. */
    void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException;

    /** Adds entries to the audit log. A message that already has an entry does not get a second one. */
    void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException;

    /**
     * Adds handler runs in the given order. Skips a run that exists already or would be a second head of its lane.
     *
     * @param heads whether the runs are the first of their lanes
     */
    Set<RunRow.Key> appendRuns(Connection connection, Collection<RunRow> runs, boolean heads) throws SQLException;

    /**
     * Locks lanes until the transaction ends. Transactions that add runs do not wait for each other. A transaction that
     * ends a run must know the next run of the lane, so it and transactions that add runs wait for each other.
     *
     * @param exclusive whether the transaction ends a run
     */
    default void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive)
            throws SQLException {}

    /**
     * Aborts a connection that another thread is using. Its transaction is rolled back.
     *
     * @param isBack returns whether the other thread has stopped waiting for a statement
     */
    void abort(Connection connection, BooleanSupplier isBack) throws SQLException;

    /**
     * The rows of a child table for a set of parents.
     *
     * @param table   the child table
     * @param parents the parents' ids; for these parents, the rows are complete
     * @param rows    for each row, the parent's id, the element's id and the declared columns; no element occurs twice
     *                for a parent
     */
    record ChildRows(ChildTable table, Set<String> parents, List<@Nullable Object[]> rows) {
        /** Returns a copy with the rows of only these parents. */
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
     * The rows of a table that refer to an entity: the rows with the entity's id in the given column.
     *
     * @param table  the table's name
     * @param column the column
     * @param id     the id
     */
    record Reference(String table, String column, String id) {}

    /**
     * The result of the first statements of a batch.
     *
     * @param added      the ids of the messages that were new to the inbox
     * @param tombstones the times of deletion, in milliseconds, of the entities that have a tombstone
     */
    record BatchStart(Set<String> added, Map<EntityKey, Long> tombstones) {}

    /**
     * The transaction that holds the claim to a run. A server process runs many transactions one after another, so the
     * start time is needed to identify one of them.
     *
     * @param process the id of the server process
     * @param began   the start time of the transaction
     */
    record ClaimHolder(int process, OffsetDateTime began) {}

    /**
     * A lock of another transaction that a message would have to wait for.
     *
     * @param kind what is locked
     * @param key  the locked entity; for a table, its name and an empty id
     */
    record Hold(Kind kind, EntityKey key) {
        /** The kinds of locks. */
        public enum Kind {
            /** A table that is locked against writes. */
            TABLE,
            /** An entity whose own row, or a row that depends on it, is locked. */
            ROW,
            /** An entity that another transaction is deleting or is protecting from deletion. */
            ENTITY
        }

        /** Returns a lock on a table. */
        public static Hold table(String name) {
            return new Hold(Kind.TABLE, new EntityKey(name, ""));
        }
    }

    /** The outcome of writing a row. */
    enum RowOutcome {
        /** The row was inserted. */
        INSERTED,
        /** The row was updated. */
        UPDATED,
        /** The stored row has a higher version and was not changed. */
        STALE,
        /** The row does not exist, and inserting it was not allowed. */
        MISSING
    }
}
