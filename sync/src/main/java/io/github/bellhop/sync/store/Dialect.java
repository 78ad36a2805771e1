package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database is asked to do, in whole statements. Every method works on the caller's connection inside the
 * caller's transaction and neither commits nor rolls back; a crash in between leaves nothing. Implementations hold no
 * state and may be shared between threads.
 */
public interface Dialect {
    /** The database's name in messages: {@code SQLite} or {@code PostgreSQL}. */
    String name();

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
    void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, long now) throws SQLException;

    /** Leaves tombstones; of two deletions of one entity the earlier time stays. Tells which were new or earlier. */
    Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException;

    /** Marks the rows whose column has one of the ids as deleted at the given times, if not marked as earlier. */
    void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException;

    /**
     * Writes rows where they are missing or of no higher version. All rows are of one table and write the same
     * columns; no id comes twice.
     *
     * @param deletedAt per row the time of deletion, null for a live one
     * @return one outcome per row
     */
    List<RowOutcome> upsert(Connection connection, List<EntityRow> rows, List<@Nullable Long> deletedAt, long now)
            throws SQLException;

    /** Removes the rows of a child table whose column, the parent's or the element's id, has one of the ids. */
    void deleteChildren(Connection connection, ChildTable table, String column, Collection<String> ids)
            throws SQLException;

    /** Removes from each child table what the parents do not list any more. */
    void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException;

    /** Adds rows to a child table, or changes those that are there and differ. */
    void writeChildren(Connection connection, ChildRows children) throws SQLException;

    /** Adds lines to the audit log; a message that has its line already gets no second one. */
    void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException;

    /**
     * Claims the message that is due for the longest time and not claimed by anybody else; the claim lasts as long as
     * the transaction.
     */
    @Nullable
    StoredMessage claimDue(Connection connection, long now) throws SQLException;

    /**
     * The rows of a child table for some parents.
     *
     * @param table   the child table
     * @param parents the ids of those parents of which these are all the rows
     * @param rows    per row the parent's id, the element's id and the declared columns; no element of a parent twice
     */
    record ChildRows(ChildTable table, Set<String> parents, List<@Nullable Object[]> rows) {}

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
