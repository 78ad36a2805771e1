package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.KnownMessage;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.StoredMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code bellhop_inbox} that are the same everywhere.
 *
 * @hidden
 */
public final class InboxSql {
    static final String COLUMNS = "message_id, type, entity_id, instance_id, occurred_at, received_at, state, reason,"
            + " next_attempt_at, attempts, died_at, payload, subject_id";

    private static final String SET_STATE =
            "update bellhop_inbox set state = ?, reason = ?, died_at = null where message_id = ?";
    private static final String CLEAR_PAYLOADS = "update bellhop_inbox set payload = null where message_id in (%s)";

    private static final String RECORD_DONE = """
            update bellhop_inbox
            set state = ?, reason = ?, next_attempt_at = null, died_at = ?, attempts = attempts + 1
            where message_id = ?""";

    private static final String RECORD_FAILURE = """
            update bellhop_inbox
            set state = ?, reason = ?, next_attempt_at = ?, died_at = ?, attempts = attempts + 1
            where message_id = ? and attempts = ? and next_attempt_at is not null""";

    private static final String MAKE_DUE = """
            update bellhop_inbox
            set state = 'kept', reason = null, next_attempt_at = ?, died_at = null, attempts = 0
            where message_id = ? and payload is not null""";

    private static final String COUNT_WAITING = "select count(*) from bellhop_inbox where next_attempt_at is not null";
    private static final String COUNT_DEAD = "select count(*) from bellhop_inbox where died_at is not null";
    private static final String FIND = """
            select type, entity_id, received_at, state, next_attempt_at is not null as waiting,
                payload is not null as has_payload
            from bellhop_inbox where message_id = ?""";

    private InboxSql() {}

    /** Binds one message's columns; its attempts are none. */
    static void bind(PreparedStatement statement, InboxRow row) throws SQLException {
        int i = 1;
        statement.setString(i++, row.messageId());
        statement.setString(i++, row.type());
        statement.setString(i++, row.entityId());
        statement.setString(i++, row.instanceId());
        setLong(statement, i++, row.occurredAt());
        statement.setLong(i++, row.receivedAt());
        statement.setString(i++, row.state().id());
        statement.setString(i++, row.reason());
        setLong(statement, i++, row.nextAttemptAt());
        statement.setInt(i++, 0);
        setLong(statement, i++, row.diedAt());
        statement.setBytes(i++, row.payload());
        statement.setString(i, row.subjectId());
    }

    static StoredMessage stored(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getString("message_id"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getInt("attempts"),
                row.getBytes("payload"));
    }

    /** Clears the payloads of messages; their ids stay. Tells how many messages there are of these ids. */
    public static int clearPayloads(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, CLEAR_PAYLOADS, messageIds);
    }

    /** Sets the state of several messages, and why. */
    public static void setState(
            Connection connection, MessageState state, @Nullable String reason, Collection<String> messageIds)
            throws SQLException {
        if (messageIds.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(SET_STATE)) {
            for (String id : messageIds) {
                statement.setString(1, state.id());
                statement.setString(2, reason);
                statement.setString(3, id);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }

    /**
     * Notes that an attempt of the worker came to its end.
     *
     * @param reason why, for a message that is kept aside or dead
     */
    public static void recordDone(
            Connection connection, String messageId, MessageState state, @Nullable String reason, long now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD_DONE)) {
            statement.setString(1, state.id());
            statement.setString(2, reason);
            setLong(statement, 3, state == MessageState.DEAD ? (Long) now : null);
            statement.setString(4, messageId);
            statement.executeUpdate();
        }
    }

    /**
     * Notes that an attempt failed, unless another worker has noted an attempt meanwhile.
     *
     * @param reason        the fault's class and state
     * @param nextAttemptAt when to try again, in milliseconds; null makes the message a dead letter
     */
    public static void recordFailure(
            Connection connection, StoredMessage message, String reason, @Nullable Long nextAttemptAt, long now)
            throws SQLException {
        boolean dead = nextAttemptAt == null;
        try (PreparedStatement statement = connection.prepareStatement(RECORD_FAILURE)) {
            statement.setString(1, (dead ? MessageState.DEAD : MessageState.KEPT).id());
            statement.setString(2, reason);
            setLong(statement, 3, nextAttemptAt);
            setLong(statement, 4, dead ? now : null);
            statement.setString(5, message.messageId());
            statement.setInt(6, message.attempts());
            statement.executeUpdate();
        }
    }

    /** Makes a message due again with all its attempts; false when it is unknown or its payload is gone. */
    public static boolean makeDue(Connection connection, String messageId, long at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE_DUE)) {
            statement.setLong(1, at);
            statement.setString(2, messageId);
            return statement.executeUpdate() == 1;
        }
    }

    /** What is known of a message; null when it is unknown. */
    public static @Nullable KnownMessage find(Connection connection, String messageId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, messageId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new KnownMessage(
                                messageId,
                                row.getString("type"),
                                row.getString("entity_id"),
                                row.getLong("received_at"),
                                MessageState.of(row.getString("state")),
                                row.getBoolean("waiting"),
                                row.getBoolean("has_payload"))
                        : null;
            }
        }
    }

    /** How many messages wait for the worker. */
    public static long countWaiting(Connection connection) throws SQLException {
        return count(connection, COUNT_WAITING);
    }

    /** How many dead letters there are. */
    public static long countDead(Connection connection) throws SQLException {
        return count(connection, COUNT_DEAD);
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void setLong(PreparedStatement statement, int place, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(place, Types.BIGINT);
        } else {
            statement.setLong(place, value);
        }
    }
}
