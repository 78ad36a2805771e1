package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
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
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds what other transactions hold on PostgreSQL. It asks for each lock that a batch would wait for, takes those that
 * are free, and passes over the others; so it never waits.
 */
final class PostgresLocks {
    private static final String AUDIT_LOG = "clerk_audit_log";

    private static final String HELD_ROWS = """
            with free as materialized (select ctid from %1$s where %2$s = any(?) for no key update skip locked)
            select distinct %2$s from %1$s where %2$s = any(?) and ctid not in (select ctid from free)""";

    private static final String HELD_BUCKETS = """
            select bucket from (select unnest(?::int4[]) as bucket, unnest(?::bool[]) as exclusive) as wanted
            where not case when exclusive then pg_try_advisory_xact_lock(?, bucket)
                           else pg_try_advisory_xact_lock_shared(?, bucket) end""";

    private final Dialect dialect;
    private final Connection connection;
    private final Set<String> tables = new HashSet<>();
    private final Set<String> freeTables = new HashSet<>();
    private final Set<EntityKey> rows = new HashSet<>();

    private PostgresLocks(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    static Locked find(Dialect dialect, Connection connection, Touched touched) throws SQLException {
        PostgresLocks locks = new PostgresLocks(dialect, connection);
        Set<EntityKey> entities = locks.heldEntities(touched);
        for (Map.Entry<MirrorTable, Set<String>> wanted : touched.rows().entrySet()) {
            locks.lookAtRows(wanted.getKey(), wanted.getValue());
        }
        Map<MirrorTable, Set<String>> deleted = new HashMap<>();
        touched.deletions()
                .forEach(deletion -> deleted.computeIfAbsent(deletion.table(), table -> new HashSet<>())
                        .add(deletion.id()));
        for (Map.Entry<MirrorTable, Set<String>> deletions : deleted.entrySet()) {
            locks.lookAtDeletions(deletions.getKey(), deletions.getValue());
        }
        if (touched.audit()) {
            boolean unused = locks.isFree(AUDIT_LOG);
        }
        return new Locked(locks.tables, locks.rows, entities);
    }

    private Set<EntityKey> heldEntities(Touched touched) throws SQLException {
        Map<Integer, Boolean> buckets = new TreeMap<>();
        touched.written().forEach(key -> buckets.putIfAbsent(PostgresOpening.bucket(key), false));
        touched.deleted().forEach(key -> buckets.put(PostgresOpening.bucket(key), true));
        List<Integer> numbers = List.copyOf(buckets.keySet());
        Sql query = Sql.of(
                HELD_BUCKETS,
                PostgresArrays.integers(numbers, number -> number),
                PostgresArrays.booleans(numbers, buckets::get),
                PostgresOpening.LOCK_CLASS,
                PostgresOpening.LOCK_CLASS);
        Set<Integer> held = new HashSet<>(query.list(connection, row -> row.getInt(1)));
        Set<EntityKey> entities = new HashSet<>(touched.written());
        entities.addAll(touched.deleted());
        entities.removeIf(key -> !held.contains(PostgresOpening.bucket(key)));
        return entities;
    }

    private void lookAtRows(MirrorTable table, Set<String> ids) throws SQLException {
        if (!isFree(table.name())) {
            return;
        }
        Consumer<String> note = id -> rows.add(table.key(id));
        lookAt(table.name(), "id", ids, note);
        for (ChildTable child : table.children()) {
            if (isFree(child.name())) {
                lookAt(child.name(), child.parentColumn(), ids, note);
            }
        }
    }

    /** The rows that a deletion takes along are told as the deleted entity's own. */
    private void lookAtDeletions(MirrorTable table, Set<String> ids) throws SQLException {
        lookAtRows(table, ids);
        for (MirrorTable other : ClerkTables.ALL) {
            for (Map.Entry<String, MirrorTable> parent : other.parents().entrySet()) {
                if (parent.getValue().name().equals(table.name()) && isFree(other.name())) {
                    lookAt(other.name(), parent.getKey(), ids, id -> rows.add(table.key(id)));
                }
            }
        }
    }

    private void lookAt(String table, String column, Collection<String> ids, Consumer<String> note)
            throws SQLException {
        Parameter wanted = PostgresArrays.ids(ids);
        Sql.of(HELD_ROWS.formatted(table, column), wanted, wanted)
                .each(connection, row -> note.accept(row.getString(1)));
    }

    private boolean isFree(String table) throws SQLException {
        if (tables.contains(table) || freeTables.contains(table)) {
            return freeTables.contains(table);
        }
        Savepoint before = connection.setSavepoint();
        try {
            int unused = Sql.of("lock table " + table + " in row exclusive mode nowait")
                    .update(connection);
            freeTables.add(table);
            return true;
        } catch (SQLException fault) {
            if (!dialect.classify(fault).isLockWait()) {
                throw fault;
            }
            connection.rollback(before);
            tables.add(table);
            return false;
        }
    }
}
