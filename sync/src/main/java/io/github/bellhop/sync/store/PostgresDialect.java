package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.MirrorSql.Field;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: whole batches per statement, by arrays that {@code unnest} turns into rows; sorted by id, so that two
 * instances lock rows in the same order.
 */
final class PostgresDialect implements Dialect {
    /** Sets Bellhop's advisory locks apart from the app's own. */
    private static final int LOCK_CLASS = 0x42454C4C;

    /** Few enough that a transaction that takes all of them is far from the server's limit on locks. */
    private static final int LOCK_BUCKETS = 256;

    /** The sizes of the statement that appends messages: few, so that each is prepared once. */
    private static final int[] APPEND_SIZES = {64, 16, 4, 1};

    private static final String APPEND_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** A plan that was made while a table was empty would keep scanning it; see the decisions. */
    private static final String NO_SCANS = "set local enable_seqscan = off";

    private static final String LOCK = """
            select case when exclusive then pg_advisory_xact_lock(?, bucket)
                        else pg_advisory_xact_lock_shared(?, bucket) end
            from unnest(?::int[], ?::boolean[]) as wanted (bucket, exclusive)""";

    private static final String WRITE_TOMBSTONES = """
            insert into bellhop_tombstones as t (entity, entity_id, deleted_at)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            on conflict (entity, entity_id) do update set deleted_at = excluded.deleted_at
            where excluded.deleted_at < t.deleted_at
            returning entity, entity_id""";

    private static final String FIND_TOMBSTONES = """
            select t.entity, t.entity_id, t.deleted_at
            from unnest(?::text[], ?::text[]) as wanted (entity, entity_id)
            join bellhop_tombstones t on t.entity = wanted.entity and t.entity_id = wanted.entity_id""";

    private static final String APPEND_AUDIT = """
            insert into clerk_audit_log
                (message_id, type, occurred_at, user_id, session_id, client_ip, user_agent)
            select m, t, o::timestamptz, u, s, c, a
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                as v (m, t, o, u, s, c, a)
            on conflict (message_id) do nothing""";

    private static final String CLAIM_DUE = """
            select message_id, received_at, attempts, payload from bellhop_inbox
            where next_attempt_at <= ? order by next_attempt_at limit 1
            for update skip locked""";

    @Override
    public String name() {
        return "PostgreSQL";
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
        return new StoreException(kind, fault, state == null ? "without state" : state);
    }

    /** Serialization failure, deadlock, lock time-out, statement time-out. */
    private static boolean isInTheWay(@Nullable String state) {
        return state != null && Set.of("40001", "40P01", "55P03", "57014").contains(state);
    }

    @Override
    public Set<String> appendMessages(Connection connection, List<InboxRow> messages) throws SQLException {
        List<InboxRow> sorted = messages.stream()
                .sorted(Comparator.comparing(InboxRow::messageId))
                .toList();
        Set<String> added = new HashSet<>();
        int done = 0;
        for (int size : APPEND_SIZES) {
            while (sorted.size() - done >= size) {
                append(connection, sorted.subList(done, done + size), added);
                done += size;
            }
        }
        return added;
    }

    private static void append(Connection connection, List<InboxRow> rows, Set<String> added) throws SQLException {
        String values = rows.stream().map(row -> APPEND_ROW).collect(Collectors.joining(", "));
        String sql = "insert into bellhop_inbox (" + InboxSql.COLUMNS + ") values " + values
                + " on conflict (message_id) do nothing returning message_id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows.size(); i++) {
                InboxSql.bind(statement, 1 + i * InboxSql.COLUMN_COUNT, rows.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    added.add(row.getString(1));
                }
            }
        }
    }

    @Override
    public void lockEntities(Connection connection, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        TreeMap<Integer, Boolean> buckets = new TreeMap<>();
        written.forEach(key -> buckets.putIfAbsent(bucket(key), false));
        deleted.forEach(key -> buckets.put(bucket(key), true));
        try (PreparedStatement scans = connection.prepareStatement(NO_SCANS);
                PreparedStatement statement = connection.prepareStatement(LOCK)) {
            scans.execute();
            statement.setInt(1, LOCK_CLASS);
            statement.setInt(2, LOCK_CLASS);
            statement.setArray(
                    3, connection.createArrayOf("int4", buckets.keySet().toArray()));
            statement.setArray(
                    4, connection.createArrayOf("bool", buckets.values().toArray()));
            statement.execute();
        }
    }

    private static int bucket(EntityKey key) {
        // Every instance must come to the same bucket, whichever JVM it runs on: a record's own hash is unspecified.
        return Math.floorMod(31 * key.entity().hashCode() + key.id().hashCode(), LOCK_BUCKETS);
    }

    @Override
    public void lockRows(
            Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn)
            throws SQLException {
        List<String> columns = idsByColumn.keySet().stream().sorted().toList();
        String condition = columns.stream().map(column -> column + " = any(?)").collect(Collectors.joining(" or "));
        String sql = "select id from %s where %s order by id for no key update".formatted(table.name(), condition);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                setTexts(statement, i + 1, List.copyOf(idsByColumn.get(columns.get(i))), Function.identity());
            }
            statement.execute();
        }
    }

    @Override
    public void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, long now)
            throws SQLException {
        // A row in conflict is locked even where the update's own condition leaves it alone.
        String sql = """
                insert into %s as t (id, synced_at, bellhop_version)
                select v.id, ?::timestamptz, '' from unnest(?::text[]) as v (id)
                on conflict (id) do update set synced_at = t.synced_at where false""".formatted(table.name());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, MirrorSql.iso(now));
            setTexts(statement, 2, ids.stream().sorted().toList(), Function.identity());
            statement.executeUpdate();
        }
    }

    @Override
    public Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException {
        Set<EntityKey> written = new HashSet<>();
        List<Deletion> sorted =
                deletions.stream().sorted(Comparator.comparing(Deletion::key)).toList();
        try (PreparedStatement statement = connection.prepareStatement(WRITE_TOMBSTONES)) {
            setTexts(statement, 1, sorted, deletion -> deletion.table().entity());
            setTexts(statement, 2, sorted, Deletion::id);
            statement.setArray(
                    3,
                    longs(connection, sorted.stream().map(Deletion::deletedAt).toList()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.add(new EntityKey(row.getString(1), row.getString(2)));
                }
            }
        }
        return written;
    }

    @Override
    public Map<EntityKey, Long> findTombstones(Connection connection, Collection<EntityKey> keys) throws SQLException {
        Map<EntityKey, Long> found = new HashMap<>();
        List<EntityKey> list = List.copyOf(keys);
        try (PreparedStatement statement = connection.prepareStatement(FIND_TOMBSTONES)) {
            setTexts(statement, 1, list, EntityKey::entity);
            setTexts(statement, 2, list, EntityKey::id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(new EntityKey(row.getString(1), row.getString(2)), row.getLong(3));
                }
            }
        }
        return found;
    }

    @Override
    public void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException {
        String sql = """
                update %s t set deleted_at = least(t.deleted_at, v.deleted_at::timestamptz)
                from unnest(?::text[], ?::text[]) as v (id, deleted_at) where t.%s = v.id""".formatted(table.name(), column);
        List<Map.Entry<String, Long>> deletions = List.copyOf(new TreeMap<>(deletedAtById).entrySet());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setTexts(statement, 1, deletions, Map.Entry::getKey);
            setTexts(statement, 2, deletions, deletion -> MirrorSql.iso(deletion.getValue()));
            statement.executeUpdate();
        }
    }

    @Override
    public List<RowOutcome> upsert(
            Connection connection, List<EntityRow> rows, List<@Nullable Long> deletedAt, long now) throws SQLException {
        EntityRow first = rows.get(0);
        List<Field> fields = MirrorSql.fields(first.table(), first.present());
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            values.add(MirrorSql.values(rows.get(i), deletedAt.get(i), now));
        }
        values.sort(Comparator.comparing(row -> (String) Objects.requireNonNull(row[0])));
        Map<String, RowOutcome> written = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(upsert(first.table(), fields))) {
            setColumns(statement, fields.size(), values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.put(row.getString(1), row.getBoolean(2) ? RowOutcome.INSERTED : RowOutcome.UPDATED);
                }
            }
        }
        return rows.stream()
                .map(row -> written.getOrDefault(row.id(), RowOutcome.STALE))
                .toList();
    }

    private static String upsert(MirrorTable table, List<Field> fields) {
        String set = fields.stream()
                .skip(1)
                .map(Field::name)
                .map(name -> name.equals("deleted_at")
                        ? "deleted_at = least(t.deleted_at, excluded.deleted_at)"
                        : name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        // A row that this statement inserted has no deleting transaction yet: xmax is 0.
        return insertFromArrays(table.name() + " as t", fields)
                + " on conflict (id) do update set " + set
                + " where excluded.bellhop_version >= t.bellhop_version returning t.id, t.xmax = 0";
    }

    private static String insertFromArrays(String target, List<Field> fields) {
        String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
        String casts = fields.stream().map(PostgresDialect::cast).collect(Collectors.joining(", "));
        String arrays = fields.stream().map(field -> "?::text[]").collect(Collectors.joining(", "));
        return "insert into %s (%s) select %s from unnest(%s) as v (%s)".formatted(target, names, casts, arrays, names);
    }

    private static String cast(Field field) {
        String type = switch (field.type()) {
            case TEXT -> "";
            case BOOLEAN -> "::boolean";
            case BIGINT -> "::bigint";
            case TIME -> "::timestamptz";
            case JSON -> "::jsonb";
        };
        return "v." + field.name() + type;
    }

    @Override
    public void deleteChildren(Connection connection, ChildTable table, String column, Collection<String> ids)
            throws SQLException {
        String sql = "delete from %s where %s = any(?)".formatted(table.name(), column);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setTexts(statement, 1, ids.stream().sorted().toList(), Function.identity());
            statement.executeUpdate();
        }
    }

    @Override
    public void insertChildren(Connection connection, ChildTable table, List<@Nullable Object[]> rows)
            throws SQLException {
        List<Field> fields = MirrorSql.fields(table);
        String set = fields.stream()
                .skip(2)
                .map(field -> field.name() + " = excluded." + field.name())
                .collect(Collectors.joining(", "));
        String sql = insertFromArrays(table.name(), fields)
                + " on conflict (" + table.parentColumn() + ", " + table.idColumn() + ")"
                + (set.isEmpty() ? " do nothing" : " do update set " + set);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setColumns(statement, fields.size(), rows);
            statement.executeUpdate();
        }
    }

    @Override
    public void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException {
        List<AuditEntry> sorted = entries.stream()
                .sorted(Comparator.comparing(AuditEntry::messageId))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(APPEND_AUDIT)) {
            setTexts(statement, 1, sorted, AuditEntry::messageId);
            setTexts(statement, 2, sorted, AuditEntry::type);
            setTexts(statement, 3, sorted, AuditEntry::occurredAt);
            setTexts(statement, 4, sorted, AuditEntry::userId);
            setTexts(statement, 5, sorted, AuditEntry::sessionId);
            setTexts(statement, 6, sorted, AuditEntry::clientIp);
            setTexts(statement, 7, sorted, AuditEntry::userAgent);
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

    private static void setColumns(PreparedStatement statement, int columns, List<@Nullable Object[]> rows)
            throws SQLException {
        for (int column = 0; column < columns; column++) {
            int place = column;
            setTexts(statement, column + 1, rows, row -> row[place] == null ? null : row[place].toString());
        }
    }

    private static <T> void setTexts(
            PreparedStatement statement, int place, List<T> rows, Function<T, @Nullable String> text)
            throws SQLException {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.apply(rows.get(i));
        }
        statement.setArray(place, statement.getConnection().createArrayOf("text", texts));
    }

    private static Array longs(Connection connection, List<Long> values) throws SQLException {
        return connection.createArrayOf("int8", values.toArray());
    }
}
