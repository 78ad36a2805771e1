package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Sql.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The PostgreSQL dialect. Each statement writes a whole batch, which is passed as arrays that {@code unnest} converts
 * to rows. Rows are sorted by id, so that all instances lock them in the same order.
 */
final class PostgresDialect implements Dialect, PostgresFaults, PostgresBatchStart, PostgresRows, PostgresRuns {
    private static final int MAX_CANCELS = 20;
    private static final long BETWEEN_CANCELS_NANOS = 100_000_000;

    /**
     * The size of the probe's payload: too large for the free space in existing pages. Its random bytes cannot be
     * compressed.
     */
    private static final int PROBE_BYTES = 64 * 1024;

    private static final String PROBE = "insert into bellhop_inbox (message_id, received_at, state, attempts, payload)"
            + " values ('', 0, 'kept', 0, ?)";

    private static final String WRITE_TOMBSTONES = """
            insert into bellhop_tombstones as t (entity, entity_id, deleted_at)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            on conflict (entity, entity_id) do update set deleted_at = excluded.deleted_at
            where excluded.deleted_at < t.deleted_at
            returning entity, entity_id""";

    private static final String APPEND_AUDIT = PostgresArrays.insert(ClerkTables.AUDIT_LOG, MirrorSql.AUDIT_FIELDS)
            + " on conflict (message_id) do nothing";

    @Override
    public String name() {
        return "PostgreSQL";
    }

    /** One batch is written while the commit of another waits for the disk. */
    @Override
    public int batchesAtOnce() {
        return 2;
    }

    @Override
    public int runsAtOnce() {
        return 4;
    }

    @Override
    public Duration longestRun() {
        return Duration.ofHours(1);
    }

    @Override
    public Wildcards wildcards() {
        return Wildcards.LIKE;
    }

    @Override
    public String clock() {
        return "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    @Override
    public String skippingLocked() {
        return " for update skip locked";
    }

    @Override
    public String skippingLockedForChange() {
        return " for no key update skip locked";
    }

    @Override
    public String sharing() {
        return " for share";
    }

    @Override
    public List<String> vacuumStatements(Collection<String> tables) {
        return List.of("vacuum " + String.join(", ", tables));
    }

    @Override
    public Map<String, String> typePlaceholders() {
        return Map.ofEntries(
                Map.entry("id", "text collate \"C\""),
                Map.entry("time", "timestamptz"),
                Map.entry("json", "jsonb"),
                Map.entry("bool", "boolean"),
                Map.entry("bytes", "bytea"),
                Map.entry("hash", "using hash"),
                // Most payloads are around 2 KB, the default limit above which PostgreSQL compresses or splits rows.
                // That would take time for no benefit.
                Map.entry("wide_rows", " with (toast_tuple_target = 8160)"),
                // Views are replaced in place, so that the app's objects that depend on them are kept.
                Map.entry("drop_view", "-- Replaced:"),
                Map.entry("create_view", "create or replace view"),
                Map.entry("bytewise", "collate \"C\""),
                Map.entry("now", "now()"));
    }

    /**
     * Uses the driver's timeout. Setting a transaction's limits would cost a round trip, and there may be no
     * transaction.
     */
    @Override
    public Connection bounded(Connection connection, Duration longest) {
        return LongConnections.proxy(Connection.class, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            if (result instanceof Statement statement) {
                statement.setQueryTimeout((int) Math.max(1, longest.toSeconds()));
            }
            return result;
        });
    }

    @Override
    public Set<Hold> findLocked(Connection connection, Collection<Projection> projections) throws SQLException {
        return PostgresLocks.find(this, connection, projections);
    }

    @Override
    public void proveWritable(Connection connection, boolean thoroughly) throws SQLException {
        // A read-only server rejects this statement even though it matches no row.
        Sql.of("delete from bellhop_inbox where message_id = ''").run(connection);
        if (thoroughly) {
            byte[] payload = new byte[PROBE_BYTES];
            ThreadLocalRandom.current().nextBytes(payload);
            Sql.of(PROBE, payload).run(connection);
        }
    }

    @Override
    public boolean buildsIndexesConcurrently() {
        return true;
    }

    @Override
    public void lockRows(
            Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn)
            throws SQLException {
        TreeMap<String, Collection<String>> sorted = new TreeMap<>(idsByColumn);
        String condition =
                sorted.keySet().stream().map(column -> column + " = any(?)").collect(Collectors.joining(" or "));
        String sql = "select id from %s where %s order by id for no key update".formatted(table.name(), condition);
        List<Parameter> ids = sorted.values().stream().map(PostgresArrays::ids).toList();
        Sql.of(sql, ids).run(connection);
    }

    @Override
    public void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, Instant now)
            throws SQLException {
        // A conflicting row is locked even if the update's condition excludes it.
        String sql = """
                insert into %s as t (id, synced_at, bellhop_version)
                select v.id, %s, '' from unnest(?::text[]) as v (id)
                on conflict (id) do update set synced_at = t.synced_at where false""".formatted(table.name(), PostgresArrays.instant("?"));
        Sql.of(sql, now.toEpochMilli(), PostgresArrays.ids(ids)).run(connection);
    }

    @Override
    public Map<Reference, Integer> countReferences(Connection connection, Collection<Reference> references, int limit)
            throws SQLException {
        Map<List<String>, List<Reference>> byColumn =
                references.stream().collect(Collectors.groupingBy(rows -> List.of(rows.table(), rows.column())));
        // One statement for all tables, to save round trips.
        String sql = byColumn.keySet().stream()
                .map(column -> """
                        select '%1$s' as table_name, '%2$s' as column_name, v.id,
                            (select count(*) from (select 1 from %1$s t where t.%2$s = v.id limit %3$d) as counted)
                        from unnest(?::text[]) as v (id)""".formatted(column.get(0), column.get(1), limit))
                .collect(Collectors.joining("\nunion all\n"));
        Map<Reference, Integer> counts = new HashMap<>();
        List<Parameter> ids = byColumn.values().stream()
                .map(rows -> PostgresArrays.ids(rows.stream().map(Reference::id).toList()))
                .toList();
        Sql.of(sql, ids)
                .each(
                        connection,
                        row -> counts.put(
                                new Reference(row.getString(1), row.getString(2), row.getString(3)), row.getInt(4)));
        return counts;
    }

    @Override
    public Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException {
        List<Deletion> sorted =
                deletions.stream().sorted(Comparator.comparing(Deletion::key)).toList();
        Sql write = Sql.of(
                WRITE_TOMBSTONES,
                PostgresArrays.texts(sorted, deletion -> deletion.table().entity()),
                PostgresArrays.texts(sorted, Deletion::id),
                PostgresArrays.longs(sorted, Deletion::deletedAt));
        return new HashSet<>(write.list(connection, row -> new EntityKey(row.getString(1), row.getString(2))));
    }

    @Override
    public void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException {
        String sql = """
                update %s t set deleted_at = least(t.deleted_at, %s)
                from unnest(?::text[], ?::int8[]) as v (id, deleted_at) where t.%s = v.id""".formatted(table.name(), PostgresArrays.instant("v.deleted_at"), column);
        List<Map.Entry<String, Long>> deletions = List.copyOf(new TreeMap<>(deletedAtById).entrySet());
        Sql mark = Sql.of(
                sql,
                PostgresArrays.texts(deletions, Map.Entry::getKey),
                PostgresArrays.longs(deletions, Map.Entry::getValue));
        mark.run(connection);
    }

    @Override
    public void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException {
        List<@Nullable Object[]> sorted = entries.stream()
                .sorted(Comparator.comparing(AuditEntry::messageId))
                .map(MirrorSql::values)
                .toList();
        Sql append = Sql.of(APPEND_AUDIT, PostgresArrays.columns(MirrorSql.AUDIT_FIELDS, sorted));
        append.run(connection);
    }

    /**
     * Also cancels a running statement at the server; otherwise, the statement would hold its locks until it finishes.
     * A statement that is still being sent cannot be cancelled yet, so cancelling is retried for two seconds or until
     * the thread has stopped waiting.
     */
    @Override
    public void abort(Connection connection, BooleanSupplier isBack) throws SQLException {
        try {
            PGConnection server = connection.unwrap(PGConnection.class);
            for (int i = 0; i < MAX_CANCELS && !isBack.getAsBoolean(); i++) {
                server.cancelQuery();
                LockSupport.parkNanos(BETWEEN_CANCELS_NANOS);
            }
        } catch (SQLException ignored) {
            // The connection is broken; the server ends the statement when its own timeout expires.
        }
        connection.abort(Runnable::run);
    }
}
