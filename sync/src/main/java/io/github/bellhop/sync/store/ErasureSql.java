package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.jspecify.annotations.Nullable;

/**
 * The statements about people who are erased, the same everywhere.
 *
 * @hidden
 */
public final class ErasureSql {
    private static final String FIND_ERASED =
            "select erased from bellhop_tombstones where entity = ? and entity_id = ? and erased";

    private static final String FLAG = "update bellhop_tombstones set erased = true where entity = ? and entity_id = ?";

    private static final String REQUEST = """
            insert into bellhop_erasures (user_id, requested_at, erased_at) values (?, ?, null)
            on conflict (user_id) do nothing""";

    private static final String REOPEN = "update bellhop_erasures set erased_at = null where user_id = ?";

    private static final String FIND_OPEN =
            "select user_id from bellhop_erasures where erased_at is null order by requested_at limit 100";

    private static final String COUNT = """
            insert into bellhop_erasure_counts (user_id, table_name, row_count) values (?, ?, ?)
            on conflict (user_id, table_name)
            do update set row_count = bellhop_erasure_counts.row_count + excluded.row_count""";

    private static final String NOTE_ADDRESS = """
            insert into bellhop_erasure_addresses (user_id, address) values (?, ?)
            on conflict (user_id, address) do nothing""";

    private static final String FIND_ADDRESSES =
            "select address from bellhop_erasure_addresses where user_id = ? order by address";

    private static final String FORGET_ADDRESS =
            "delete from bellhop_erasure_addresses where user_id = ? and address = ?";

    private static final String FINISH = """
            update bellhop_erasures set erased_at = ? where user_id = ?
            and not exists (select 1 from bellhop_erasure_addresses a where a.user_id = bellhop_erasures.user_id)""";

    private static final String FIND = "select requested_at, erased_at from bellhop_erasures where user_id = ?";
    private static final String FIND_COUNTS =
            "select table_name, row_count from bellhop_erasure_counts where user_id = ? order by table_name";

    private ErasureSql() {}

    /** Which of these entities, all of which have tombstones, were erased with a person or are one. */
    public static Set<EntityKey> erased(Connection connection, Collection<EntityKey> keys) throws SQLException {
        Set<EntityKey> erased = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND_ERASED)) {
            for (EntityKey key : keys) {
                statement.setString(1, key.entity());
                statement.setString(2, key.id());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        erased.add(key);
                    }
                }
            }
        }
        return erased;
    }

    /** Marks tombstones as those of something erased: nothing is written about it any more. */
    public static void flag(Connection connection, Collection<EntityKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FLAG)) {
            for (EntityKey key : new TreeSet<>(keys)) {
                statement.setString(1, key.entity());
                statement.setString(2, key.id());
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }

    /** Notes that people are to be erased; what is noted already stays. */
    public static void request(Connection connection, Collection<String> userIds, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REQUEST)) {
            for (String userId : new TreeSet<>(userIds)) {
                statement.setString(1, userId);
                statement.setLong(2, now);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }

    /** Notes that a person is to be erased once more; until the transaction ends, nobody else begins or finishes it. */
    public static void reopen(Connection connection, String userId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REOPEN)) {
            statement.setString(1, userId);
            statement.executeUpdate();
        }
    }

    /** Notes addresses by which rows about a person are found, for whoever finishes the erasure. */
    public static void noteAddresses(Connection connection, String userId, Collection<String> addresses)
            throws SQLException {
        each(connection, NOTE_ADDRESS, userId, addresses);
    }

    /** The addresses that are noted for an erasure that is not finished. */
    public static List<String> addresses(Connection connection, String userId) throws SQLException {
        return Ids.all(connection, FIND_ADDRESSES, userId);
    }

    private static void each(Connection connection, String sql, String userId, Collection<String> addresses)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String address : new TreeSet<>(addresses)) {
                statement.setString(1, userId);
                statement.setString(2, address);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }

    /** Some of the people who are still to be erased, those who wait the longest. */
    public static List<String> open(Connection connection) throws SQLException {
        return Ids.all(connection, FIND_OPEN);
    }

    /** Adds to a receipt. */
    public static void count(Connection connection, String userId, String table, long rows) throws SQLException {
        if (rows > 0) {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                statement.setString(1, userId);
                statement.setString(2, table);
                statement.setLong(3, rows);
                statement.executeUpdate();
            }
        }
    }

    /**
     * Forgets the addresses by which everything was found, and notes that the person is erased, unless somebody has
     * noted others meanwhile.
     */
    public static void finish(Connection connection, String userId, Collection<String> addresses, long now)
            throws SQLException {
        reopen(connection, userId);
        each(connection, FORGET_ADDRESS, userId, addresses);
        try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
            statement.setLong(1, now);
            statement.setString(2, userId);
            statement.executeUpdate();
        }
    }

    /**
     * What is noted of a person's erasure.
     *
     * @param requestedAt when it was asked for first
     * @param erasedAt    when it was done last; null while it is not
     */
    public record Noted(Instant requestedAt, @Nullable Instant erasedAt) {}

    /** What is noted of a person's erasure, if anything. */
    public static Optional<Noted> find(Connection connection, String userId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, userId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Instant requestedAt = Instant.ofEpochMilli(row.getLong(1));
                long erasedAt = row.getLong(2);
                return Optional.of(new Noted(requestedAt, row.wasNull() ? null : Instant.ofEpochMilli(erasedAt)));
            }
        }
    }

    /** A receipt's counts, by table. */
    public static Map<String, Long> counts(Connection connection, String userId) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND_COUNTS)) {
            statement.setString(1, userId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return counts;
    }

    /** The key of a user. */
    public static EntityKey user(String id) {
        return new EntityKey(ClerkTables.USERS.entity(), id);
    }
}
