package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.TouchedEntities;
import io.github.bellhop.sync.store.Dialect.Hold;
import io.github.bellhop.sync.store.Sql.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the locks of other transactions on PostgreSQL. Tries each lock that a batch would need. Takes the locks that
 * are free and skips the others, so it never waits.
 */
final class PostgresLocks {
    private static final String HELD_ROWS = """
            with free as materialized (select ctid from %1$s where %2$s = any(?) for no key update skip locked)
            select distinct %2$s from %1$s where %2$s = any(?) and ctid not in (select ctid from free)""";

    private static final String HELD_BUCKETS = """
            select bucket from (select unnest(?::int4[]) as bucket, unnest(?::bool[]) as exclusive) as wanted
            where not case when exclusive then pg_try_advisory_xact_lock(?, bucket)
                           else pg_try_advisory_xact_lock_shared(?, bucket) end""";

    private final Dialect dialect;
    private final Connection connection;
    private final Set<String> freeTables = new HashSet<>();
    private final Set<Hold> held = new HashSet<>();

    private PostgresLocks(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    static Set<Hold> find(Dialect dialect, Connection connection, Collection<Projection> projections)
            throws SQLException {
        PostgresLocks locks = new PostgresLocks(dialect, connection);
        locks.checkEntities(TouchedEntities.by(projections));
        Map<MirrorTable, Set<String>> rows = new HashMap<>();
        Map<MirrorTable, Set<String>> deleted = new HashMap<>();
        boolean audit = false;
        for (Projection projection : projections) {
            projection.rows().forEach(row -> add(rows, row.table(), row.id()));
            if (projection.deletion() != null) {
                add(
                        deleted,
                        projection.deletion().table(),
                        projection.deletion().id());
            }
            audit |= projection.audit() != null;
        }
        for (Map.Entry<MirrorTable, Set<String>> wanted : rows.entrySet()) {
            locks.checkRows(wanted.getKey(), wanted.getValue());
        }
        for (Map.Entry<MirrorTable, Set<String>> deletions : deleted.entrySet()) {
            locks.checkDeletions(deletions.getKey(), deletions.getValue());
        }
        if (audit) {
            boolean unused = locks.isFree(ClerkTables.AUDIT_LOG);
        }
        return locks.held;
    }

    private static void add(Map<MirrorTable, Set<String>> ids, MirrorTable table, String id) {
        ids.computeIfAbsent(table, key -> new HashSet<>()).add(id);
    }

    private void checkEntities(TouchedEntities touched) throws SQLException {
        Map<Integer, Boolean> buckets = PostgresBatchStart.buckets(touched);
        List<Integer> numbers = List.copyOf(buckets.keySet());
        Sql query = Sql.of(
                HELD_BUCKETS,
                PostgresArrays.integers(numbers, number -> number),
                PostgresArrays.booleans(numbers, buckets::get),
                PostgresBatchStart.LOCK_CLASS,
                PostgresBatchStart.LOCK_CLASS);
        Set<Integer> taken = new HashSet<>(query.list(connection, row -> row.getInt(1)));
        Stream.concat(touched.written().stream(), touched.deleted().stream())
                .filter(key -> taken.contains(PostgresBatchStart.bucket(key)))
                .forEach(key -> held.add(new Hold(Hold.Kind.ENTITY, key)));
    }

    private void checkRows(MirrorTable table, Set<String> ids) throws SQLException {
        if (!isFree(table.name())) {
            return;
        }
        Consumer<String> onLocked = id -> held.add(new Hold(Hold.Kind.ROW, table.key(id)));
        checkColumn(table.name(), "id", ids, onLocked);
        for (ChildTable child : table.children()) {
            if (isFree(child.name())) {
                checkColumn(child.name(), child.parentColumn(), ids, onLocked);
            }
        }
    }

    /** Locked rows that a deletion also deletes are reported as rows of the deleted entity. */
    private void checkDeletions(MirrorTable table, Set<String> ids) throws SQLException {
        checkRows(table, ids);
        for (MirrorTable other : ClerkTables.ALL) {
            for (Map.Entry<String, MirrorTable> parent : other.parents().entrySet()) {
                if (parent.getValue().name().equals(table.name()) && isFree(other.name())) {
                    checkColumn(
                            other.name(), parent.getKey(), ids, id -> held.add(new Hold(Hold.Kind.ROW, table.key(id))));
                }
            }
        }
    }

    private void checkColumn(String table, String column, Collection<String> ids, Consumer<String> onLocked)
            throws SQLException {
        Parameter wanted = PostgresArrays.ids(ids);
        Sql.of(HELD_ROWS.formatted(table, column), wanted, wanted)
                .each(connection, row -> onLocked.accept(row.getString(1)));
    }

    private boolean isFree(String table) throws SQLException {
        Hold tableHold = Hold.table(table);
        if (held.contains(tableHold) || freeTables.contains(table)) {
            return freeTables.contains(table);
        }
        Savepoint before = connection.setSavepoint();
        try {
            Sql.of("lock table " + table + " in row exclusive mode nowait").run(connection);
            freeTables.add(table);
            return true;
        } catch (SQLException fault) {
            if (!dialect.classify(fault).isLockWait()) {
                throw fault;
            }
            connection.rollback(before);
            held.add(tableHold);
            return false;
        }
    }
}
