package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.StoredStanding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand, the same in every dialect but for the clock.
 *
 * @hidden
 */
public final class StandingSql {
    // The two parts of the inbox have an index each.
    private static final String LAST = """
            select max(received_at) from (
                select max(received_at) as received_at from bellhop_inbox where payload is null
                union all
                select max(received_at) as received_at from bellhop_inbox where payload is not null) as parts""";

    private static final String FAILING =
            "select count(*) from bellhop_inbox where next_attempt_at is not null and attempts > 0";
    private static final String RUNS_FAILING =
            "select count(*) from bellhop_handler_runs where died_at is null and attempts > 0";
    private static final String ROW_DELETED = "select id from %s where id = ? and deleted_at is not null";
    private static final String CLOCK = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    static final String OF_ENTITY = """
            select message_id, type, received_at, state, reason, next_attempt_at is not null as waiting,
                payload is not null as has_payload
            from bellhop_inbox where entity_id = ? order by received_at desc, message_id desc limit 100""";

    private StandingSql() {}

    /** When the newest message came, in milliseconds; null when none ever did. */
    public static @Nullable Long lastReceivedAt(Connection connection) throws SQLException {
        return number(connection, LAST);
    }

    /** How many messages wait that the worker has failed to mirror. */
    public static long countFailing(Connection connection) throws SQLException {
        Long count = number(connection, FAILING);
        return count == null ? 0 : count;
    }

    /** How many runs of handlers wait that have failed. */
    public static long countFailingRuns(Connection connection) throws SQLException {
        Long count = number(connection, RUNS_FAILING);
        return count == null ? 0 : count;
    }

    /** Whether there is a row of that id that is marked as deleted. */
    public static boolean isRowDeleted(Connection connection, String table, String id) throws SQLException {
        return !Ids.all(connection, ROW_DELETED.formatted(table), id).isEmpty();
    }

    /** The time by the database's own clock; null when it has none of its own. */
    public static @Nullable Instant clock(Connection connection, Dialect dialect) throws SQLException {
        Long millis = dialect instanceof PostgresDialect ? number(connection, CLOCK) : null;
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** The newest hundred messages about an entity, newest first. */
    public static List<StoredStanding> messagesOf(Connection connection, String entityId) throws SQLException {
        List<StoredStanding> messages = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_ENTITY)) {
            statement.setString(1, entityId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    messages.add(new StoredStanding(
                            row.getString("message_id"),
                            row.getString("type"),
                            Instant.ofEpochMilli(row.getLong("received_at")),
                            MessageState.of(row.getString("state")),
                            row.getString("reason"),
                            row.getBoolean("waiting"),
                            row.getBoolean("has_payload")));
                }
            }
        }
        return messages;
    }

    private static @Nullable Long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long number = row.getLong(1);
            return row.wasNull() ? null : (Long) number;
        }
    }
}
