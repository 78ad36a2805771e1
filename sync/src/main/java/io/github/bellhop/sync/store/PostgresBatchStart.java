package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.TouchedEntities;
import io.github.bellhop.sync.store.MirrorSql.Field;
import io.github.bellhop.sync.store.Sql.RowConsumer;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the PostgreSQL dialect with the first statements of a batch: they append messages, lock entities and find
 * tombstones.
 */
interface PostgresBatchStart extends Dialect {
    /** The class of Bellhop's advisory locks, which distinguishes them from the app's own locks. */
    int LOCK_CLASS = 0x42454C4C;

    /**
     * The number of lock buckets. Even a transaction that locks all of them stays far below the server's limit on
     * locks.
     */
    int LOCK_BUCKETS = 256;

    /** The columns of a message, and the position of its payload in the value that contains all payloads. */
    List<Field> PLACED_FIELDS = Stream.concat(
                    InboxSql.MESSAGE_FIELDS.stream(), Field.list("first_byte:bigint, byte_count:bigint").stream())
            .toList();

    /** All payloads are sent as one value, and each row extracts its own part; see docs/decisions.md. */
    String APPEND = "insert into bellhop_inbox (" + MirrorSql.names(InboxSql.MESSAGE_FIELDS) + ", payload) select "
            + PostgresArrays.values(InboxSql.MESSAGE_FIELDS)
            + ", substring(?::bytea from first_byte::int for byte_count::int) from "
            + PostgresArrays.rows(PLACED_FIELDS)
            + " on conflict (message_id) do nothing returning message_id";

    /** Disables sequential scans: a plan made while a table was empty would keep scanning it; see docs/decisions.md. */
    String LOCK = """
            select set_config('enable_seqscan', 'off', true),
                case when exclusive then pg_advisory_xact_lock(?, bucket)
                     else pg_advisory_xact_lock_shared(?, bucket) end
            from (select unnest(?::int4[]) as bucket, unnest(?::bool[]) as exclusive) as wanted""";

    String FIND_TOMBSTONES = """
            select t.entity, t.entity_id, t.deleted_at
            from (select unnest(?::text[]) as entity, unnest(?::text[]) as entity_id) as wanted
            join bellhop_tombstones t on t.entity = wanted.entity and t.entity_id = wanted.entity_id""";

    String LIMIT = """
            select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),
                set_config('idle_in_transaction_session_timeout', ?, true)""";

    String LIMIT_IN_SCHEMA = LIMIT + ", set_config('search_path', ?, true)";

    @Override
    default void limit(Connection connection, Limits limits) throws SQLException {
        limitStatement(limits).run(connection);
    }

    /** Returns the statement that sets a transaction's limits. */
    private static Sql limitStatement(Limits limits) {
        List<String> parameters = new ArrayList<>();
        for (Duration limit : List.of(limits.lock(), limits.statement(), limits.idle())) {
            parameters.add(Long.toString(limit.toMillis()));
        }
        if (limits.schema() != null) {
            parameters.add(limits.schema());
        }
        return Sql.of(limits.schema() == null ? LIMIT : LIMIT_IN_SCHEMA, parameters);
    }

    @Override
    default boolean tryLock(Connection connection, SchemaLock lock) throws SQLException {
        boolean locked = Sql.of("select pg_try_advisory_xact_lock(?, ?)", LOCK_CLASS, LOCK_BUCKETS + lock.number())
                .first(connection, row -> row.getBoolean(1))
                .orElse(false);
        if (!locked) {
            return false;
        }
        // Ends the query above at the server. Otherwise, because of the query's snapshot, an index build would wait for
        // this transaction.
        Sql.of("set local lock_timeout = 0").run(connection);
        return true;
    }

    @Override
    default Set<String> appendMessages(Connection connection, Collection<PreparedMessage> messages)
            throws SQLException {
        return new HashSet<>(Sql.of(APPEND, messageParameters(messages)).texts(connection));
    }

    private static List<Object> messageParameters(Collection<PreparedMessage> messages) {
        List<PreparedMessage> sorted = messages.stream()
                .sorted(Comparator.comparing(PreparedMessage::messageId))
                .toList();
        ByteBuffer payloads = ByteBuffer.allocate(
                sorted.stream().mapToInt(row -> row.payload().length).sum());
        List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
        for (PreparedMessage message : sorted) {
            @Nullable Object[] row = Arrays.copyOf(InboxSql.values(message), PLACED_FIELDS.size());
            row[row.length - 2] = payloads.position() + 1L;
            row[row.length - 1] = (long) message.payload().length;
            rows.add(row);
            payloads.put(message.payload());
        }
        List<Object> parameters = new ArrayList<>(List.of(payloads.array()));
        parameters.addAll(PostgresArrays.columns(PLACED_FIELDS, rows));
        return parameters;
    }

    @Override
    default Map<EntityKey, Long> lockEntities(Connection connection, TouchedEntities touched) throws SQLException {
        Map<EntityKey, Long> tombstones = new HashMap<>();
        Sql.of(LOCK + ";\n" + FIND_TOMBSTONES, lockParameters(touched))
                .eachOfSeveral(connection, List.of(locked -> {}, tombstonesInto(tombstones)));
        return tombstones;
    }

    private static RowConsumer tombstonesInto(Map<EntityKey, Long> tombstones) {
        return row -> tombstones.put(new EntityKey(row.getString(1), row.getString(2)), row.getLong(3));
    }

    @Override
    default BatchStart open(
            Connection connection, Limits limits, Collection<PreparedMessage> messages, TouchedEntities touched)
            throws SQLException {
        // All statements are sent in one round trip. Each statement sees the transactions that committed while the
        // previous statements waited.
        Sql limitStatement = limitStatement(limits);
        List<String> statements = new ArrayList<>(List.of(limitStatement.text(), APPEND));
        List<@Nullable Object> parameters = new ArrayList<>(limitStatement.parameters());
        parameters.addAll(messageParameters(messages));
        Set<String> added = new HashSet<>();
        Map<EntityKey, Long> tombstones = new HashMap<>();
        List<RowConsumer> consumers = new ArrayList<>(List.of(limited -> {}, row -> added.add(row.getString(1))));
        if (!touched.written().isEmpty() || !touched.deleted().isEmpty()) {
            statements.addAll(List.of(LOCK, FIND_TOMBSTONES));
            parameters.addAll(lockParameters(touched));
            consumers.addAll(List.of(locked -> {}, tombstonesInto(tombstones)));
        }
        Sql.of(String.join(";\n", statements), parameters).eachOfSeveral(connection, consumers);
        return new BatchStart(added, tombstones);
    }

    private static List<Object> lockParameters(TouchedEntities touched) {
        Map<Integer, Boolean> buckets = buckets(touched);
        List<Integer> numbers = List.copyOf(buckets.keySet());
        List<EntityKey> keys = List.copyOf(touched.written());
        return List.of(
                LOCK_CLASS,
                LOCK_CLASS,
                PostgresArrays.integers(numbers, number -> number),
                PostgresArrays.booleans(numbers, buckets::get),
                PostgresArrays.texts(keys, EntityKey::entity),
                PostgresArrays.texts(keys, EntityKey::id));
    }

    /**
     * Returns the entities' lock buckets, each mapped to whether its lock is exclusive. All transactions lock buckets
     * in this order.
     */
    static Map<Integer, Boolean> buckets(TouchedEntities touched) {
        Map<Integer, Boolean> buckets = new TreeMap<>();
        touched.written().forEach(key -> buckets.putIfAbsent(bucket(key), false));
        touched.deleted().forEach(key -> buckets.put(bucket(key), true));
        return buckets;
    }

    static int bucket(EntityKey key) {
        // Every instance must compute the same bucket, regardless of its JVM. The hash code of a record is unspecified.
        return Math.floorMod(31 * key.entity().hashCode() + key.id().hashCode(), LOCK_BUCKETS);
    }
}
