package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements for erasures.
 *
 * @hidden
 */
public final class ErasureSql {
    private static final String IS_ERASED =
            "select 1 from bellhop_tombstones where entity = ? and entity_id = ? and erased";

    private static final String MARK_ERASED =
            "update bellhop_tombstones set erased = true where entity = ? and entity_id = ?";

    private static final String REQUEST = """
            insert into bellhop_erasures (user_id, requested_at, erased_at) values (?, ?, null)
            on conflict (user_id) do nothing""";

    private static final String RECORD_CLEARED =
            "update bellhop_tombstones set payloads_cleared_at = ? where entity = 'user' and entity_id = ?";

    private static final String REOPEN = "update bellhop_erasures set erased_at = null where user_id = ?";

    private static final String FIND_OPEN =
            "select user_id from bellhop_erasures where erased_at is null order by requested_at limit 100";

    private static final String COUNT = """
            insert into bellhop_erasure_counts (user_id, table_name, row_count) values (?, ?, ?)
            on conflict (user_id, table_name)
            do update set row_count = bellhop_erasure_counts.row_count + excluded.row_count""";

    private static final String RECORD_ADDRESS = """
            insert into bellhop_erasure_addresses (user_id, address) values (?, ?)
            on conflict (user_id, address) do nothing""";

    private static final String FIND_ADDRESSES =
            "select address from bellhop_erasure_addresses where user_id = ? order by address";

    private static final String SEARCHED = """
            select searched_at, searched_id from (
                select searched_at, searched_id from bellhop_erasure_addresses where user_id = ?
                order by case when searched_at is null then 0 else 1 end, searched_at, searched_id limit 1) as earliest
            where searched_id is not null""";

    private static final String RECORD_SEARCHED =
            "update bellhop_erasure_addresses set searched_at = ?, searched_id = ? where user_id = ? and address = ?";

    private static final String DELETE_ADDRESS =
            "delete from bellhop_erasure_addresses where user_id = ? and address = ?";

    private static final String FINISH = """
            update bellhop_erasures set erased_at = ? where user_id = ?
            and not exists (select 1 from bellhop_erasure_addresses a where a.user_id = bellhop_erasures.user_id)""";

    private static final String FIND = "select requested_at, erased_at from bellhop_erasures where user_id = ?";
    private static final String FIND_COUNTS =
            "select table_name, row_count from bellhop_erasure_counts where user_id = ? order by table_name";

    private ErasureSql() {}

    /**
     * Returns the erased entities among those given: people, and entities that were erased with a person. All of the
     * given entities must have tombstones.
     */
    public static Set<EntityKey> erased(Connection connection, Collection<EntityKey> keys) throws SQLException {
        Set<EntityKey> erased = new HashSet<>();
        for (EntityKey key : keys) {
            if (Sql.of(IS_ERASED, key.entity(), key.id()).exists(connection)) {
                erased.add(key);
            }
        }
        return erased;
    }

    /** Marks tombstones as erased. From then on, nothing about these entities can be written. */
    static void markErased(Connection connection, Collection<EntityKey> keys) throws SQLException {
        Sql.updateEach(connection, MARK_ERASED, new TreeSet<>(keys), key -> List.of(key.entity(), key.id()));
    }

    /** Records requests to erase people. Existing requests are not changed. */
    public static void request(Connection connection, Collection<String> userIds, long now) throws SQLException {
        Sql.updateEach(connection, REQUEST, new TreeSet<>(userIds), userId -> List.of(userId, now));
    }

    /** Records that no payloads of a deleted user are left. */
    public static void recordCleared(Connection connection, String userId, long now) throws SQLException {
        Sql.of(RECORD_CLEARED, now, userId).run(connection);
    }

    /**
     * Marks an erasure as not done. Until the transaction ends, no other transaction can start or finish the erasure.
     */
    static void reopen(Connection connection, String userId) throws SQLException {
        Sql.of(REOPEN, userId).run(connection);
    }

    /** Records the addresses by which a person's rows are found, so that another call can finish the erasure. */
    static void recordAddresses(Connection connection, String userId, Collection<String> addresses)
            throws SQLException {
        Sql.updateEach(connection, RECORD_ADDRESS, new TreeSet<>(addresses), address -> List.of(userId, address));
    }

    /** Returns the recorded addresses of an unfinished erasure. */
    static List<String> addresses(Connection connection, String userId) throws SQLException {
        return Sql.of(FIND_ADDRESSES, userId).texts(connection);
    }

    /**
     * Returns the position up to which the payloads have been searched for all of a person's addresses; empty if at
     * least one address has not been searched for.
     */
    static Optional<MessagePlace> searchedTo(Connection connection, String userId) throws SQLException {
        return Sql.of(SEARCHED, userId).first(connection, row -> new MessagePlace(row.getLong(1), row.getString(2)));
    }

    /** Records that all payloads up to a position have been searched for these addresses. */
    static void recordSearched(
            Connection connection, String userId, Collection<String> addresses, MessagePlace position)
            throws SQLException {
        Sql.updateEach(
                connection,
                RECORD_SEARCHED,
                new TreeSet<>(addresses),
                address -> List.of(position.receivedAt(), position.messageId(), userId, address));
    }

    /** Returns the ids of up to 100 users whose erasure is not done, oldest requests first. */
    static List<String> open(Connection connection) throws SQLException {
        return Sql.of(FIND_OPEN).texts(connection);
    }

    /** Adds to a table's count in the receipt. */
    static void count(Connection connection, String userId, String table, long rows) throws SQLException {
        if (rows > 0) {
            Sql.of(COUNT, userId, table, rows).run(connection);
        }
    }

    /**
     * Deletes the addresses that have been searched for. Marks the erasure as done, unless another call has added
     * addresses in the meantime.
     */
    static void finish(Connection connection, String userId, Collection<String> addresses, long now)
            throws SQLException {
        reopen(connection, userId);
        Sql.updateEach(connection, DELETE_ADDRESS, new TreeSet<>(addresses), address -> List.of(userId, address));
        Sql.of(FINISH, now, userId).run(connection);
    }

    /** Returns the receipt of a person's erasure; empty if none has been started. */
    static Optional<Erasure> find(Connection connection, String userId) throws SQLException {
        Map<String, Long> counts = counts(connection, userId);
        return Sql.of(FIND, userId)
                .first(
                        connection,
                        row -> new Erasure(
                                userId,
                                Instant.ofEpochMilli(row.getLong("requested_at")),
                                Sql.time(row, "erased_at"),
                                counts));
    }

    /** Returns the counts of a receipt by table. */
    private static Map<String, Long> counts(Connection connection, String userId) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        Sql.of(FIND_COUNTS, userId).each(connection, row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }
}
