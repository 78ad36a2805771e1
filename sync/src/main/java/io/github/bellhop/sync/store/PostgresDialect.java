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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * PostgreSQL: whole batches per statement, by arrays that {@code unnest} turns into rows; sorted by id, so that two
 * instances lock rows in the same order.
 */
final class PostgresDialect implements Dialect {
    /** Schema, table or column missing. */
    private static final Set<String> OTHER_TABLES = Set.of("3F000", "42P01", "42703");

    private static final int CANCELS = 20;
    private static final long BETWEEN_CANCELS_NANOS = 100_000_000;

    private static final String WRITE_TOMBSTONES = """
            insert into bellhop_tombstones as t (entity, entity_id, deleted_at)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            on conflict (entity, entity_id) do update set deleted_at = excluded.deleted_at
            where excluded.deleted_at < t.deleted_at
            returning entity, entity_id""";

    private static final String APPEND_AUDIT = """
            insert into clerk_audit_log
                (message_id, type, occurred_at, user_id, session_id, client_ip, user_agent)
            select message_id, type, %s, user_id, session_id, client_ip, user_agent
            from (select unnest(?::text[]) as message_id, unnest(?::text[]) as type, unnest(?::int8[]) as occurred_at,
                unnest(?::text[]) as user_id, unnest(?::text[]) as session_id, unnest(?::text[]) as client_ip,
                unnest(?::text[]) as user_agent) as v
            on conflict (message_id) do nothing""".formatted(PostgresArrays.instant("occurred_at"));

    private static final String CLAIM_DUE = """
            select message_id, received_at, attempts, payload from bellhop_inbox
            where next_attempt_at <= ? order by next_attempt_at limit 1
            for update skip locked""";

    @Override
    public String name() {
        return "PostgreSQL";
    }

    /** One is written while the other's commit waits for the disk. */
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
    public String skippingLocked() {
        return " for update skip locked";
    }

    @Override
    public List<String> settling() {
        return List.of();
    }

    @Override
    public List<String> compacting(Collection<String> tables) {
        return List.of("vacuum " + String.join(", ", tables));
    }

    @Override
    public Map<String, String> typePlaceholders() {
        return Map.of(
                "id", "text collate \"C\"",
                "time", "timestamptz",
                "json", "jsonb",
                "bool", "boolean",
                "bytes", "bytea",
                "hash", "using hash",
                // Most payloads are around 2 KB, where rows would be compressed or cut apart: time for nothing.
                "wide_rows", " with (toast_tuple_target = 8160)",
                "now", "now()");
    }

    @Override
    public StoreException classify(SQLException fault) {
        String state = fault.getSQLState();
        StoreException.Kind kind;
        if (isInTheWay(state)) {
            kind = StoreException.Kind.CONFLICT;
        } else if (state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("25")
                || state.startsWith("28")
                || state.startsWith("3D")) {
            // Connection, resources, shutdown, system, read-only standby, credentials, database missing.
            kind = StoreException.Kind.UNAVAILABLE;
        } else {
            kind = StoreException.Kind.FAILED;
        }
        boolean otherTables = state != null && OTHER_TABLES.contains(state);
        return new StoreException(kind, fault, state == null ? "without state" : state, otherTables);
    }

    @Override
    public boolean isPassing(SQLException fault) {
        return fault.getSQLState() != null && classify(fault).kind() == StoreException.Kind.UNAVAILABLE;
    }

    /** Serialization failure, deadlock, lock time-out, statement time-out. */
    private static boolean isInTheWay(@Nullable String state) {
        return state != null && Set.of("40001", "40P01", "55P03", "57014").contains(state);
    }

    @Override
    public void lockSchema(Connection connection) throws SQLException {
        callOnSchema(connection, "select pg_advisory_lock(?, ?)");
    }

    @Override
    public void unlockSchema(Connection connection) throws SQLException {
        callOnSchema(connection, "select pg_advisory_unlock(?, ?)");
    }

    private static void callOnSchema(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, PostgresOpening.LOCK_CLASS);
            statement.setInt(2, PostgresOpening.SCHEMA_LOCK);
            statement.execute();
        }
    }

    @Override
    public Set<String> appendMessages(Connection connection, List<InboxRow> messages) throws SQLException {
        return PostgresOpening.appendMessages(connection, messages);
    }

    @Override
    public Map<EntityKey, Long> lockEntities(Connection connection, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        return PostgresOpening.lockEntities(connection, written, deleted);
    }

    @Override
    public Opening open(Connection connection, List<InboxRow> messages, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        return PostgresOpening.open(connection, messages, written, deleted);
    }

    @Override
    public void lockRows(
            Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn)
            throws SQLException {
        TreeMap<String, Collection<String>> sorted = new TreeMap<>(idsByColumn);
        String condition =
                sorted.keySet().stream().map(column -> column + " = any(?)").collect(Collectors.joining(" or "));
        String sql = "select id from %s where %s order by id for no key update".formatted(table.name(), condition);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 1;
            for (Collection<String> ids : sorted.values()) {
                PostgresArrays.bindIds(statement, place++, ids);
            }
            statement.execute();
        }
    }

    @Override
    public void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, Instant now)
            throws SQLException {
        // A row in conflict is locked even where the update's own condition leaves it alone.
        String sql = """
                insert into %s as t (id, synced_at, bellhop_version)
                select v.id, %s, '' from unnest(?::text[]) as v (id)
                on conflict (id) do update set synced_at = t.synced_at where false""".formatted(table.name(), PostgresArrays.instant("?"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, now.toEpochMilli());
            PostgresArrays.bindIds(statement, 2, ids);
            statement.executeUpdate();
        }
    }

    @Override
    public Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException {
        Set<EntityKey> written = new HashSet<>();
        List<Deletion> sorted =
                deletions.stream().sorted(Comparator.comparing(Deletion::key)).toList();
        try (PreparedStatement statement = connection.prepareStatement(WRITE_TOMBSTONES)) {
            PostgresArrays.bindTexts(
                    statement, 1, sorted, deletion -> deletion.table().entity());
            PostgresArrays.bindTexts(statement, 2, sorted, Deletion::id);
            PostgresArrays.bindLongs(statement, 3, sorted, Deletion::deletedAt);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.add(new EntityKey(row.getString(1), row.getString(2)));
                }
            }
        }
        return written;
    }

    @Override
    public void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException {
        String sql = """
                update %s t set deleted_at = least(t.deleted_at, %s)
                from unnest(?::text[], ?::int8[]) as v (id, deleted_at) where t.%s = v.id""".formatted(table.name(), PostgresArrays.instant("v.deleted_at"), column);
        List<Map.Entry<String, Long>> deletions = List.copyOf(new TreeMap<>(deletedAtById).entrySet());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            PostgresArrays.bindTexts(statement, 1, deletions, Map.Entry::getKey);
            PostgresArrays.bindLongs(statement, 2, deletions, Map.Entry::getValue);
            statement.executeUpdate();
        }
    }

    @Override
    public List<RowOutcome> upsert(
            Connection connection,
            List<EntityRow> rows,
            List<@Nullable Long> deletedAt,
            List<ChildRows> lists,
            Instant now)
            throws SQLException {
        return PostgresRows.upsert(connection, rows, deletedAt, lists, now);
    }

    @Override
    public void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException {
        PostgresRows.removeUnlisted(connection, lists);
    }

    @Override
    public void deleteChildren(Connection connection, ChildTable table, String column, Collection<String> ids)
            throws SQLException {
        String sql = "delete from %s where %s = any(?)".formatted(table.name(), column);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            PostgresArrays.bindIds(statement, 1, ids);
            statement.executeUpdate();
        }
    }

    @Override
    public void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException {
        List<AuditEntry> sorted = entries.stream()
                .sorted(Comparator.comparing(AuditEntry::messageId))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(APPEND_AUDIT)) {
            PostgresArrays.bindTexts(statement, 1, sorted, AuditEntry::messageId);
            PostgresArrays.bindTexts(statement, 2, sorted, AuditEntry::type);
            PostgresArrays.bindLongs(
                    statement, 3, sorted, entry -> entry.occurredAt().toEpochMilli());
            PostgresArrays.bindTexts(statement, 4, sorted, AuditEntry::userId);
            PostgresArrays.bindTexts(statement, 5, sorted, AuditEntry::sessionId);
            PostgresArrays.bindTexts(statement, 6, sorted, AuditEntry::clientIp);
            PostgresArrays.bindTexts(statement, 7, sorted, AuditEntry::userAgent);
            statement.executeUpdate();
        }
    }

    @Override
    public @Nullable StoredMessage claimDue(Connection connection, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM_DUE)) {
            statement.setLong(1, now);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? InboxSql.stored(row) : null;
            }
        }
    }

    @Override
    public Set<RunRow.Key> appendRuns(Connection connection, List<RunRow> runs) throws SQLException {
        return PostgresRuns.append(connection, runs);
    }

    @Override
    public void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive) throws SQLException {
        PostgresRuns.lockLanes(connection, entityIds, exclusive);
    }

    /**
     * A statement under way is ended by the server too, which would hold its locks else until it came to an end. One
     * that is only just being sent is not there yet to be ended, so this is tried for two seconds, or until the thread
     * is back.
     */
    @Override
    public void abort(Connection connection, BooleanSupplier isBack) throws SQLException {
        try {
            PGConnection server = connection.unwrap(PGConnection.class);
            for (int i = 0; i < CANCELS && !isBack.getAsBoolean(); i++) {
                server.cancelQuery();
                LockSupport.parkNanos(BETWEEN_CANCELS_NANOS);
            }
        } catch (SQLException notReached) {
            // Without a connection the server ends it in its own time.
        }
        connection.abort(Runnable::run);
    }
}
