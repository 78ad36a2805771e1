package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.store.Dialect.Opening;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How a batch begins on PostgreSQL: its messages are appended, its entities locked, their tombstones looked for. */
final class PostgresOpening {
    /** Sets Bellhop's advisory locks apart from the app's own. */
    static final int LOCK_CLASS = 0x42454C4C;

    /** Few enough that a transaction that takes all of them is far from the server's limit on locks. */
    private static final int LOCK_BUCKETS = 256;

    /** The lock for changing tables, beside the buckets. */
    static final int SCHEMA_LOCK = LOCK_BUCKETS;

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

    private PostgresOpening() {}

    static Set<String> appendMessages(Connection connection, List<InboxRow> messages) throws SQLException {
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

    static Map<EntityKey, Long> lockEntities(Connection connection, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK + ";\n" + FIND_TOMBSTONES)) {
            bindLocks(statement, 1, written, deleted);
            statement.execute();
            statement.getMoreResults();
            return tombstones(statement);
        }
    }

    static Opening open(Connection connection, List<InboxRow> messages, Set<EntityKey> written, Set<EntityKey> deleted)
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
}
