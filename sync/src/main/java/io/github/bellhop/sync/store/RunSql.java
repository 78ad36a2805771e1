package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.inbox.StoredRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code bellhop_handler_runs} that are the same everywhere.
 *
 * @hidden
 */
public final class RunSql {
    static final String COLUMNS = "message_id, handler, entity_id, received_at, head, next_attempt_at, stale,"
            + " stale_too, replay, clear_payload, attempts";

    private static final String DUE = """
             from bellhop_handler_runs where head and handler = ? and next_attempt_at <= ?
            and next_attempt_at is not null order by next_attempt_at limit 1""";

    static final String CLAIM =
            "select message_id, handler, entity_id, received_at, attempts, stale, replay, clear_payload" + DUE;

    /** Looks once into the index for each handler; a join would read all that is due, or held. */
    static final String DUE_HANDLERS = """
            with wanted (name) as (values %s)
            select name from wanted where (
                select 1 from bellhop_handler_runs where head and handler = wanted.name and next_attempt_at <= ?
                    and next_attempt_at is not null order by next_attempt_at limit 1) is not null""";

    private static final String REMOVE = "delete from bellhop_handler_runs where message_id = ? and handler = ?";

    private static final String PROMOTE = """
            update bellhop_handler_runs set head = true
            where handler = ? and message_id = (
                    select message_id from bellhop_handler_runs
                    where handler = ? and entity_id = ? and died_at is null
                    order by received_at, message_id limit 1)
                and not exists (select 1 from bellhop_handler_runs where handler = ? and entity_id = ? and head)""";

    private static final String FAIL = """
            update bellhop_handler_runs set attempts = ?, reason = ?, next_attempt_at = ?
            where message_id = ? and handler = ? and attempts = ? and head""";

    private static final String DIE = """
            update bellhop_handler_runs
            set attempts = ?, reason = ?, next_attempt_at = null, died_at = ?, head = false
            where message_id = ? and handler = ? and attempts = ? and head""";

    private static final String HELD = """
            select handler, entity_id, stale_too from bellhop_handler_runs
            where message_id = ? and stale is null and died_at is null order by handler""";

    private static final String RELEASE = """
            update bellhop_handler_runs set stale = ?, next_attempt_at = ?
            where message_id = ? and handler = ? and stale is null and died_at is null""";

    private static final String CLEAR_LATER =
            "update bellhop_handler_runs set clear_payload = true where message_id = ?";

    private static final String TAKE_DEAD =
            "delete from bellhop_handler_runs where message_id = ? and died_at is not null";
    private static final String TAKEN = " returning handler, entity_id, received_at, stale, stale_too, clear_payload";

    private static final String COUNT_OF_MESSAGE = "select count(*) from bellhop_handler_runs where message_id = ?";
    private static final String COUNT_WAITING = "select count(*) from bellhop_handler_runs where died_at is null";
    private static final String COUNT_DEAD = "select count(*) from bellhop_handler_runs where died_at is not null";
    private static final String PAYLOAD = "select payload from bellhop_inbox where message_id = ?";

    private RunSql() {}

    /**
     * Those of the handlers that have a run that is due, claimed or not.
     *
     * @param handlers their names, at least one
     */
    public static List<String> dueHandlers(Connection connection, List<String> handlers, long now) throws SQLException {
        String places = String.join(", ", Collections.nCopies(handlers.size(), "(?)"));
        Object[] parameters = new Object[handlers.size() + 1];
        for (int i = 0; i < handlers.size(); i++) {
            parameters[i] = handlers.get(i);
        }
        parameters[handlers.size()] = now;
        return Ids.all(connection, DUE_HANDLERS.formatted(places), parameters);
    }

    /** Claims the handler's run that is due for the longest time, for as long as the transaction. */
    public static @Nullable StoredRun claim(Connection connection, Dialect dialect, String handler, long now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM + dialect.skippingLocked())) {
            statement.setString(1, handler);
            statement.setLong(2, now);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new StoredRun(
                                row.getString("message_id"),
                                row.getString("handler"),
                                row.getString("entity_id"),
                                Instant.ofEpochMilli(row.getLong("received_at")),
                                row.getInt("attempts"),
                                row.getBoolean("stale"),
                                row.getBoolean("replay"),
                                row.getBoolean("clear_payload"))
                        : null;
            }
        }
    }

    /** The message's payload; null when it is cleared or the message forgotten. */
    public static byte @Nullable [] payload(Connection connection, String messageId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAYLOAD)) {
            statement.setString(1, messageId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** Removes a run. */
    public static void remove(Connection connection, String messageId, String handler) throws SQLException {
        int unused = update(connection, REMOVE, messageId, handler);
    }

    /** Makes the next run of a lane its head, if it has none. The lane must be locked. */
    public static void promote(Connection connection, String handler, String entityId) throws SQLException {
        int unused = update(connection, PROMOTE, handler, handler, entityId, handler, entityId);
    }

    /** Notes when a run is tried again; false when somebody else has noted something meanwhile. */
    public static boolean noteRetry(
            Connection connection, StoredRun run, int attempts, @Nullable String reason, long nextAttemptAt)
            throws SQLException {
        return update(connection, FAIL, attempts, reason, nextAttemptAt, run.messageId(), run.handler(), run.attempts())
                == 1;
    }

    /** Makes a dead letter of a run; false when somebody else has noted something meanwhile. */
    public static boolean noteDead(Connection connection, StoredRun run, int attempts, String reason, long now)
            throws SQLException {
        return update(connection, DIE, attempts, reason, now, run.messageId(), run.handler(), run.attempts()) == 1;
    }

    /** A run that waits for the mirror. */
    public record Held(String handler, String entityId, boolean staleToo) {}

    /** The runs of a message that wait for the mirror. */
    public static List<Held> held(Connection connection, String messageId) throws SQLException {
        List<Held> held = new ArrayList<>(0);
        try (PreparedStatement statement = connection.prepareStatement(HELD)) {
            statement.setString(1, messageId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    held.add(new Held(row.getString(1), row.getString(2), row.getBoolean(3)));
                }
            }
        }
        return held;
    }

    /** Makes a run due that waited for the mirror. */
    public static void release(Connection connection, String messageId, String handler, boolean stale, long now)
            throws SQLException {
        int unused = update(connection, RELEASE, stale, now, messageId, handler);
    }

    /** Has the payload of a message go with its last run. */
    public static void clearLater(Connection connection, String messageId) throws SQLException {
        int unused = update(connection, CLEAR_LATER, messageId);
    }

    /** Takes away the dead runs of a message, as they are to be written anew: due, and on purpose. */
    public static List<RunRow> takeDead(Connection connection, String messageId, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_DEAD + TAKEN)) {
            statement.setString(1, messageId);
            return taken(statement, messageId, now);
        }
    }

    /** The same of one handler; null when it has no dead run of the message. */
    public static @Nullable RunRow takeDead(Connection connection, String messageId, String handler, long now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_DEAD + " and handler = ?" + TAKEN)) {
            statement.setString(1, messageId);
            statement.setString(2, handler);
            List<RunRow> dead = taken(statement, messageId, now);
            return dead.isEmpty() ? null : dead.get(0);
        }
    }

    private static List<RunRow> taken(PreparedStatement statement, String messageId, long now) throws SQLException {
        List<RunRow> dead = new ArrayList<>(0);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                boolean stale = row.getBoolean("stale");
                dead.add(new RunRow(
                        messageId,
                        row.getString("handler"),
                        row.getString("entity_id"),
                        row.getLong("received_at"),
                        false,
                        now,
                        stale,
                        row.getBoolean("stale_too"),
                        true,
                        row.getBoolean("clear_payload")));
            }
        }
        return dead;
    }

    /** Whether a message has runs that wait, for the worker or for a person. */
    public static boolean hasRuns(Connection connection, String messageId) throws SQLException {
        return count(connection, COUNT_OF_MESSAGE, messageId) > 0;
    }

    /** How many runs are not done and not dead. */
    public static long countWaiting(Connection connection) throws SQLException {
        return count(connection, COUNT_WAITING);
    }

    /** How many runs are dead letters. */
    public static long countDead(Connection connection) throws SQLException {
        return count(connection, COUNT_DEAD);
    }

    private static long count(Connection connection, String sql, Object... parameters) throws SQLException {
        return Long.parseLong(Ids.all(connection, sql, parameters).get(0));
    }

    private static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                Object value = parameters[i];
                if (value == null) {
                    statement.setNull(i + 1, Types.VARCHAR);
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement.executeUpdate();
        }
    }
}
