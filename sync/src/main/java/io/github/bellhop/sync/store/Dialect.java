package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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

    /** How it is asked for texts with {@code *} in them. */
    Wildcards wildcards();

    /** What ends a select of rows to be changed, so that two instances at it share the work; may be empty. */
    String skippingLocked();

    /** What to run outside of any transaction so that nothing of what was erased is left beside the tables. */
    List<String> settling();

    /** What to run outside of any transaction so that the room of what was erased in these tables is given back. */
    List<String> compacting(Collection<String> tables);

    /** The types of the migration's placeholders. */
    Map<String, String> typePlaceholders();

    /** What a fault means: the SQLState decides, on SQLite the result code. */
    StoreException classify(SQLException fault);

    /** Whether waiting alone may mend a fault: a server that went away comes back, a file that others hold is let go. */
    boolean isPassing(SQLException fault);

    /** Waits until no other instance changes the tables' definitions; holds others off until unlocked. */
    default void lockSchema(Connection connection) throws SQLException {}

    /** Undoes {@link #lockSchema} on the same connection. */
    default void unlockSchema(Connection connection) throws SQLException {}

    /** Adds messages to the inbox. Returns the ids of those that were not there yet. */
    Set<String> appendMessages(Connection connection, List<InboxRow> messages) throws SQLException;

    /**
     * Holds off every other transaction that touches these entities: a writer of an entity or of its child waits for
     * one that deletes it, and the reverse. Two that only write do not wait for each other. Call once per transaction,
     * before any row of the mirror is touched.
     *
     * @return the times of deletion, in milliseconds, of those to be written that have a tombstone
     */
    Map<EntityKey, Long> lockEntities(Connection connection, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException;

    /** Does what {@link #appendMessages} and then {@link #lockEntities} do, together if the database can. */
    default Opening open(Connection connection, List<InboxRow> messages, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        Set<String> added = appendMessages(connection, messages);
        return new Opening(added, lockEntities(connection, written, deleted));
    }

    /**
     * Locks the rows of a table that have one of the ids in one of the columns, in the order of their own ids, so that
     * two transactions that reach the same rows by different columns wait for each other in turn, not in a ring. Call
     * before {@link #markDeleted} and once per table, parents first.
     */
    void lockRows(Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn)
            throws SQLException;

    /**
     * Locks the rows of these ids in the order of the ids, making those that are missing, empty and of the lowest
     * version. For rows that take several statements to write, each of which must then be written.
     */
    void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, Instant now) throws SQLException;

    /** Leaves tombstones; of two deletions of one entity the earlier time stays. Tells which were new or earlier. */
    Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException;

    /** Marks the rows whose column has one of the ids as deleted at the given times, if not marked as earlier. */
    void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException;

    /**
     * Writes rows where they are missing or of no higher version, and for each row that is written its lists: their
     * rows are added, or changed where they differ. What is not listed any more stays; see {@link #removeUnlisted}.
     * All rows are of one table and write the same columns; no id comes twice.
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

    /** Removes the rows of a child table whose column, the parent's or the element's id, has one of the ids. */
    void deleteChildren(Connection connection, ChildTable table, String column, Collection<String> ids)
            throws SQLException;

    /** Removes from each child table what the parents do not list any more. */
    void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException;

    /** Adds lines to the audit log; a message that has its line already gets no second one. */
    void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException;

    /**
     * Claims the message that is due for the longest time and not claimed by anybody else; the claim lasts as long as
     * the transaction.
     */
    @Nullable
    StoredMessage claimDue(Connection connection, long now) throws SQLException;

    /** Adds runs of handlers, in their order; one that is there, or would be a lane's second head, is left out. */
    Set<RunRow.Key> appendRuns(Connection connection, List<RunRow> runs) throws SQLException;

    /**
     * Holds lanes until the transaction ends. Those who add to lanes do not wait for each other; who ends a run, and
     * so must know what comes next, waits for them, and they for it.
     *
     * @param exclusive whether a run ends
     */
    void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive) throws SQLException;

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
     * What the first statements of a batch found.
     *
     * @param added      the ids of the messages that were not in the inbox yet
     * @param tombstones the times of deletion, in milliseconds, of the entities that have a tombstone
     */
    record Opening(Set<String> added, Map<EntityKey, Long> tombstones) {}

    /** What became of a row. */
    enum RowOutcome {
        /** It was not there. */
        INSERTED,
        /** It was there with a lower version. */
        UPDATED,
        /** It is there with a higher version and was left alone. */
        STALE
    }
}
