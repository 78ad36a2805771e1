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
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

    /** All payloads travel as one value, from which each row cuts its own; see the decisions. */
    private static final String APPEND = "insert into bellhop_inbox (" + InboxSql.COLUMNS + """
            )
            select message_id, type, entity_id, instance_id, occurred_at, received_at, state, reason,
                next_attempt_at, 0, died_at, substring(?::bytea from first_byte for byte_count), subject_id
            from (select unnest(?::text[]) as message_id, unnest(?::text[]) as type, unnest(?::text[]) as entity_id,
                unnest(?::text[]) as instance_id, unnest(?::int8[]) as occurred_at, unnest(?::int8[]) as received_at,
                unnest(?::text[]) as state, unnest(?::text[]) as reason, unnest(?::int8[]) as next_attempt_at,
                unnest(?::int8[]) as died_at, unnest(?::int4[]) as first_byte, unnest(?::int4[]) as byte_count,
                unnest(?::text[]) as subject_id) as v
            on conflict (message_id) do nothing returning message_id""";

    private static final int APPEND_PARAMETERS = 14;

    /** A plan that was made while a table was empty would keep scanning it, so scans are off; see the decisions. */
    private static final String LOCK = """
            select set_config('enable_seqscan', 'off', true),
                case when exclusive then pg_advisory_xact_lock(?, bucket)
                     else pg_advisory_xact_lock_shared(?, bucket) end
            from (select unnest(?::int4[]) as bucket, unnest(?::bool[]) as exclusive) as wanted""";

    private static final String FIND_TOMBSTONES = """
            select t.entity, t.entity_id, t.deleted_at
            from (select unnest(?::text[]) as entity, unnest(?::text[]) as entity_id) as wanted
            join bellhop_tombstones t on t.entity = wanted.entity and t.entity_id = wanted.entity_id""";

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
        return new StoreException(kind, fault, state == null ? "without state" : state);
    }

    /** Serialization failure, deadlock, lock time-out, statement time-out. */
    private static boolean isInTheWay(@Nullable String state) {
        return state != null && Set.of("40001", "40P01", "55P03", "57014").contains(state);
    }

    @Override
    public Set<String> appendMessages(Connection connection, List<InboxRow> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            bindMessages(statement, messages);
            statement.execute();
            return addedMessages(statement);
        }
    }

    private static void bindMessages(PreparedStatement statement, List<InboxRow> messages) throws SQLException {
        List<InboxRow> sorted = messages.stream()
                .sorted(Comparator.comparing(InboxRow::messageId))
                .toList();
        ByteBuffer payloads = ByteBuffer.allocate(
                sorted.stream().mapToInt(row -> row.payload().length).sum());
        List<Integer> firstBytes = new ArrayList<>(sorted.size());
        for (InboxRow row : sorted) {
            firstBytes.add(payloads.position() + 1);
            payloads.put(row.payload());
        }
        statement.setBytes(1, payloads.array());
        PostgresArrays.bindTexts(statement, 2, sorted, InboxRow::messageId);
        PostgresArrays.bindTexts(statement, 3, sorted, InboxRow::type);
        PostgresArrays.bindTexts(statement, 4, sorted, InboxRow::entityId);
        PostgresArrays.bindTexts(statement, 5, sorted, InboxRow::instanceId);
        PostgresArrays.bindLongs(statement, 6, sorted, InboxRow::occurredAt);
        PostgresArrays.bindLongs(statement, 7, sorted, InboxRow::receivedAt);
        PostgresArrays.bindTexts(statement, 8, sorted, row -> row.state().id());
        PostgresArrays.bindTexts(statement, 9, sorted, InboxRow::reason);
        PostgresArrays.bindLongs(statement, 10, sorted, InboxRow::nextAttemptAt);
        PostgresArrays.bindLongs(statement, 11, sorted, InboxRow::diedAt);
        PostgresArrays.bindIntegers(statement, 12, firstBytes, firstByte -> firstByte);
        PostgresArrays.bindIntegers(statement, 13, sorted, row -> row.payload().length);
        PostgresArrays.bindTexts(statement, 14, sorted, InboxRow::subjectId);
    }

    private static Set<String> addedMessages(PreparedStatement statement) throws SQLException {
        Set<String> added = new HashSet<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                added.add(row.getString(1));
            }
        }
        return added;
    }

    @Override
    public Map<EntityKey, Long> lockEntities(Connection connection, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK + ";\n" + FIND_TOMBSTONES)) {
            bindLocks(statement, 1, written, deleted);
            statement.execute();
            statement.getMoreResults();
            return tombstones(statement);
        }
    }

    @Override
    public Opening open(Connection connection, List<InboxRow> messages, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        if (written.isEmpty() && deleted.isEmpty()) {
            return new Opening(appendMessages(connection, messages), new HashMap<>());
        }
        // Statements in one round trip; each sees what was committed while those before it waited.
        String all = String.join(";\n", APPEND, LOCK, FIND_TOMBSTONES);
        try (PreparedStatement statement = connection.prepareStatement(all)) {
            bindMessages(statement, messages);
            bindLocks(statement, APPEND_PARAMETERS + 1, written, deleted);
            statement.execute();
            Set<String> added = addedMessages(statement);
            statement.getMoreResults();
            statement.getMoreResults();
            return new Opening(added, tombstones(statement));
        }
    }

    private static void bindLocks(PreparedStatement statement, int from, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        TreeMap<Integer, Boolean> buckets = new TreeMap<>();
        written.forEach(key -> buckets.putIfAbsent(bucket(key), false));
        deleted.forEach(key -> buckets.put(bucket(key), true));
        List<Integer> numbers = List.copyOf(buckets.keySet());
        List<EntityKey> keys = List.copyOf(written);
        statement.setInt(from, LOCK_CLASS);
        statement.setInt(from + 1, LOCK_CLASS);
        PostgresArrays.bindIntegers(statement, from + 2, numbers, number -> number);
        PostgresArrays.bindBooleans(statement, from + 3, numbers, buckets::get);
        PostgresArrays.bindTexts(statement, from + 4, keys, EntityKey::entity);
        PostgresArrays.bindTexts(statement, from + 5, keys, EntityKey::id);
    }

    private static Map<EntityKey, Long> tombstones(PreparedStatement statement) throws SQLException {
        Map<EntityKey, Long> tombstones = new HashMap<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                tombstones.put(new EntityKey(row.getString(1), row.getString(2)), row.getLong(3));
            }
        }
        return tombstones;
    }

    private static int bucket(EntityKey key) {
        // Every instance must come to the same bucket, whichever JVM it runs on: a record's own hash is unspecified.
        return Math.floorMod(31 * key.entity().hashCode() + key.id().hashCode(), LOCK_BUCKETS);
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
                bindIds(statement, place++, ids);
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
            bindIds(statement, 2, ids);
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
        EntityRow first = rows.get(0);
        List<Field> fields = MirrorSql.fields(first.table(), first.present());
        StringBuilder sql = new StringBuilder(upsert(first.table(), fields));
        // In the same round trip: each asks whether its parent was written.
        lists.forEach(list -> sql.append(";\n").append(writeChildren(first.table(), list.table())));
        Map<String, RowOutcome> written = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int place = PostgresArrays.bind(statement, 1, fields, values(rows, deletedAt, now));
            for (ChildRows list : lists) {
                place = bindChildren(statement, place, list, rows);
            }
            statement.execute();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    written.put(row.getString(1), row.getBoolean(2) ? RowOutcome.INSERTED : RowOutcome.UPDATED);
                }
            }
        }
        return rows.stream()
                .map(row -> written.getOrDefault(row.id(), RowOutcome.STALE))
                .toList();
    }

    private static List<@Nullable Object[]> values(List<EntityRow> rows, List<@Nullable Long> deletedAt, Instant now) {
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            values.add(MirrorSql.values(rows.get(i), deletedAt.get(i), now));
        }
        values.sort(Comparator.comparing(row -> (String) Objects.requireNonNull(row[0])));
        return values;
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
        return "insert into %s (%s) select %s from %s"
                .formatted(target, names, PostgresArrays.values(fields), PostgresArrays.rows(fields));
    }

    /** A parent that has the version of the row that was to be written was written. */
    private static String writeChildren(MirrorTable table, ChildTable child) {
        List<Field> fields = new ArrayList<>(MirrorSql.fields(child));
        String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
        String values = PostgresArrays.values(fields);
        fields.add(MirrorSql.VERSION);
        return """
                insert into %s (%s) select %s from %s
                where exists (select from %s p where p.id = v.%s and p.bellhop_version = v.bellhop_version)
                on conflict (%s, %s) %s""".formatted(
                        child.name(),
                        names,
                        values,
                        PostgresArrays.rows(fields),
                        table.name(),
                        child.parentColumn(),
                        child.parentColumn(),
                        child.idColumn(),
                        MirrorSql.updateIfDifferent(child));
    }

    private static int bindChildren(PreparedStatement statement, int from, ChildRows children, List<EntityRow> parents)
            throws SQLException {
        Map<String, String> versions = new HashMap<>();
        parents.forEach(parent -> versions.put(parent.id(), parent.version().text()));
        int place = PostgresArrays.bind(statement, from, MirrorSql.fields(children.table()), children.rows());
        PostgresArrays.bindTexts(statement, place, children.rows(), row -> versions.get((String) row[0]));
        return place + 1;
    }

    @Override
    public void deleteChildren(Connection connection, ChildTable table, String column, Collection<String> ids)
            throws SQLException {
        String sql = "delete from %s where %s = any(?)".formatted(table.name(), column);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindIds(statement, 1, ids);
            statement.executeUpdate();
        }
    }

    @Override
    public void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException {
        // One statement, whatever the number of tables: most of them have nothing to remove.
        String deletes = lists.stream()
                .map(list -> """
                        %1$s as (delete from %1$s c where %2$s = any(?) and not exists (
                            select from unnest(?::text[], ?::text[]) as listed (parent, id)
                            where listed.parent = c.%2$s and listed.id = c.%3$s))""".formatted(
                                list.table().name(),
                                list.table().parentColumn(),
                                list.table().idColumn()))
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("with " + deletes + " select")) {
            int place = 1;
            for (ChildRows list : lists) {
                bindIds(statement, place++, list.parents());
                PostgresArrays.bindTexts(statement, place++, list.rows(), row -> (String) row[0]);
                PostgresArrays.bindTexts(statement, place++, list.rows(), row -> (String) row[1]);
            }
            statement.execute();
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

    private static void bindIds(PreparedStatement statement, int place, Collection<String> ids) throws SQLException {
        PostgresArrays.bindTexts(statement, place, ids.stream().sorted().toList(), Function.identity());
    }
}
