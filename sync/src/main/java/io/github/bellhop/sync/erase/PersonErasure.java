package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.erase.PersonSql.Extent;
import io.github.bellhop.sync.erase.PersonSql.PersonRows;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PersonColumns.Mention;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.mirror.TouchedEntities;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Erases one person in short transactions. After a crash, a new call finishes the remaining steps. Thread-safe. */
final class PersonErasure {
    private static final int MAX_ATTEMPTS = 5;

    /** The tables in the order of erasure. Parents are last, because their rows are needed to find their children. */
    static final List<MirrorTable> CHILDREN_FIRST = childrenFirst();

    private final Database database;
    private final InstantSource clock;
    private final String userId;
    private final Set<String> addresses;

    private PersonErasure(Database database, InstantSource clock, String userId, Set<String> addresses) {
        this.database = database;
        this.clock = clock;
        this.userId = userId;
        this.addresses = addresses;
    }

    /**
     * Starts an erasure. Stores the addresses with the request, because the rows that contain the addresses are removed
     * in later steps.
     */
    static PersonErasure begin(
            Database database, InstantSource clock, String userId, Collection<String> furtherAddresses) {
        Set<String> allAddresses = database.inTransaction(MAX_ATTEMPTS, connection -> {
            // Done before the entity is locked, because there may be many addresses.
            ErasureSql.recordAddresses(connection, userId, PersonAddresses.withoutTooLong(furtherAddresses));
            long now = clock.millis();
            insertTombstones(connection, database.dialect(), ClerkTables.USERS, List.of(userId), now);
            ErasureSql.request(connection, Set.of(userId), now);
            ErasureSql.reopen(connection, userId);
            Set<String> addresses = PersonAddresses.of(connection, userId, furtherAddresses);
            ErasureSql.recordAddresses(connection, userId, addresses);
            // The payloads are also searched for the user's id.
            ErasureSql.recordAddresses(connection, userId, Set.of(userId));
            return addresses;
        });
        return new PersonErasure(database, clock, userId, allAddresses);
    }

    /** Returns the id of the person. */
    String userId() {
        return userId;
    }

    /** Returns the addresses to search for in payloads. */
    Set<String> addresses() {
        return addresses;
    }

    /** Removes all personal data except mentions in payloads that only a full search can find. */
    void removeRows() {
        clearMessages(connection -> PersonSql.messagesOfSubjects(connection, List.of(userId), Extent.BATCH));
        ClerkTables.ALL.forEach(table -> table.mentions().forEach(mention -> clearMentions(table, mention)));
        removeAuditLines();
        CHILDREN_FIRST.forEach(this::remove);
    }

    /** Marks the erasure as done and deletes the stored addresses. Returns the receipt. */
    Erasure finish() {
        long now = clock.millis();
        Set<String> searchedFor = new LinkedHashSet<>(addresses);
        searchedFor.add(userId);
        return inTransaction(connection -> {
            ErasureSql.finish(connection, userId, searchedFor, now);
            ErasureSql.recordCleared(connection, userId, now);
            return ErasureSql.find(connection, userId).orElseThrow();
        });
    }

    /** Inserts tombstones. Once they are committed, nothing more is written about these entities. */
    private static void insertTombstones(
            Connection connection, Dialect dialect, MirrorTable table, List<String> ids, long now) throws SQLException {
        Set<EntityKey> keys = ids.stream().map(id -> table.key(id)).collect(Collectors.toSet());
        dialect.lockEntities(connection, new TouchedEntities(Set.of(), keys));
        dialect.writeTombstones(
                connection, ids.stream().map(id -> new Deletion(table, id, now)).toList());
        ErasureSql.markErased(connection, keys);
    }

    /** Finds a batch of ids that remain to be processed. */
    @FunctionalInterface
    private interface Search {
        List<String> next(Connection connection) throws SQLException;
    }

    private void each(Search search, Consumer<List<String>> step) {
        for (List<String> ids = database.read(search::next); !ids.isEmpty(); ids = database.read(search::next)) {
            step.accept(ids);
        }
    }

    private void clearMessages(Search search) {
        each(
                search,
                ids -> inTransaction(connection -> {
                    int cleared = PersonSql.clearMessages(connection, ids);
                    InboxSql.clearDetails(connection, database.dialect(), ids);
                    ErasureSql.count(connection, userId, "bellhop_inbox", cleared);
                    return cleared;
                }));
    }

    private void clearMentions(MirrorTable table, Mention mention) {
        each(connection -> PersonSql.rows(connection, PersonRows.of(table, mention), userId, addresses), ids -> {
            clearMessages(connection -> PersonSql.messagesOfMentions(connection, table, ids, Extent.BATCH));
            inTransaction(connection -> {
                database.dialect().lockRows(connection, table, Map.of("id", ids));
                int cleared = PersonSql.clearMention(connection, table.name(), mention.column(), ids);
                ErasureSql.count(connection, userId, table.name(), cleared);
                return cleared;
            });
        });
    }

    private void removeAuditLines() {
        each(
                connection -> PersonSql.auditLines(connection, database.dialect(), userId),
                ids -> inTransaction(connection -> {
                    int removed = Sql.remove(connection, ClerkTables.AUDIT_LOG, "message_id", ids);
                    ErasureSql.count(connection, userId, ClerkTables.AUDIT_LOG, removed);
                    return removed;
                }));
    }

    private void remove(MirrorTable table) {
        each(connection -> PersonSql.rows(connection, PersonRows.of(table), userId, addresses), ids -> {
            inTransaction(connection -> {
                insertTombstones(connection, database.dialect(), table, ids, clock.millis());
                return ids;
            });
            clearMessages(connection -> PersonSql.messagesOfSubjects(connection, ids, Extent.BATCH));
            inTransaction(connection -> {
                database.dialect().lockRows(connection, table, Map.of("id", ids));
                removeRows(connection, table, ids);
                return ids;
            });
        });
        if (table.isPersonTable()) {
            // Rows of child tables whose user is missing: an earlier version may have left some.
            inTransaction(connection -> {
                removeRows(connection, table, List.of(userId));
                return userId;
            });
        }
    }

    private void removeRows(Connection connection, MirrorTable table, List<String> ids) throws SQLException {
        for (ChildTable child : table.children()) {
            ErasureSql.count(
                    connection, userId, child.name(), Sql.remove(connection, child.name(), child.parentColumn(), ids));
        }
        ErasureSql.count(connection, userId, table.name(), Sql.remove(connection, table.name(), "id", ids));
    }

    private static List<MirrorTable> childrenFirst() {
        List<MirrorTable> tables = new ArrayList<>(ClerkTables.ALL);
        tables.removeIf(table -> table.person().isNobody());
        Collections.reverse(tables);
        return List.copyOf(tables);
    }

    private <T> T inTransaction(Database.Work<T> work) {
        return database.inTransaction(MAX_ATTEMPTS, work);
    }
}
