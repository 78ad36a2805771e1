package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.store.MirrorSql.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code bellhop_inbox} that are the same in all dialects.
 *
 * @hidden
 */
public final class InboxSql {
    /** The columns of a new message, except its payload. */
    static final List<Field> MESSAGE_FIELDS = Field.list(
            "message_id, type, entity_id, instance_id, occurred_at:bigint,"
                    + " received_at:bigint, state, reason, next_attempt_at:bigint, attempts:bigint, died_at:bigint, subject_id");

    /** The columns of a run. */
    static final List<Field> RUN_FIELDS = Field.list("message_id, handler, entity_id, received_at:bigint, head:boolean,"
            + " next_attempt_at:bigint, stale:boolean, stale_too:boolean, replay:boolean, clear_payload:boolean,"
            + " attempts:bigint");

    private static final String SET_STATE =
            "update bellhop_inbox set state = ?, reason = ?, died_at = null where message_id = ?";
    private static final String CLEAR_PAYLOADS = "update bellhop_inbox set payload = null where message_id in (%s)";

    private static final String WITH_DETAIL = """
            select message_id, handler from bellhop_handler_runs
            where detail is not null and message_id in (%s) order by message_id, handler""";
    private static final String CLEAR_DETAIL =
            "update bellhop_handler_runs set detail = null where message_id = ? and handler = ?";

    private static final String SEARCH_PAYLOADS_AGAIN =
            "update bellhop_tombstones set payloads_cleared_at = null where entity = 'user' and entity_id in (%s)";

    private static final String RECORD_DONE = """
            update bellhop_inbox
            set state = ?, reason = ?, next_attempt_at = null, died_at = ?, attempts = attempts + 1
            where message_id = ?""";

    private static final String RECORD_FAILURE = """
            update bellhop_inbox
            set state = ?, reason = ?, next_attempt_at = ?, died_at = ?, attempts = attempts + 1
            where message_id = ? and attempts = ? and next_attempt_at is not null""";

    private static final String DEFER = """
            update bellhop_inbox set next_attempt_at = ?
            where message_id = ? and attempts = ? and next_attempt_at is not null""";

    private static final String MAKE_DUE = """
            update bellhop_inbox
            set state = 'kept', reason = null, next_attempt_at = ?, died_at = null, attempts = 0
            where message_id = ? and payload is not null""";

    /** The columns that {@link #message} reads: all except the payload. */
    public static final String MESSAGE_COLUMNS = "message_id, type, entity_id, instance_id, occurred_at, received_at,"
            + " state, reason, attempts, next_attempt_at, died_at, payload is not null as has_payload";

    private static final String FIND = "select " + MESSAGE_COLUMNS + " from bellhop_inbox where message_id = ?";
    private static final String WITH_PAYLOAD = "select " + MESSAGE_COLUMNS + ", payload from bellhop_inbox where ";
    private static final String CLAIM_DUE = WITH_PAYLOAD + "next_attempt_at <= ? order by next_attempt_at limit 1";

    private static final String FIND_ALL = "select " + MESSAGE_COLUMNS + " from bellhop_inbox where message_id in (%s)";

    private static final String HAS_RUNS = "select 1 from bellhop_handler_runs where message_id = ? limit 1";

    // Messages with and without a payload have separate indexes.
    private static final String LAST = """
            select max(received_at) from (
                select max(received_at) as received_at from bellhop_inbox where payload is null
                union all
                select max(received_at) as received_at from bellhop_inbox where payload is not null) as parts""";

    private InboxSql() {}

    /** Returns the values of the {@link #MESSAGE_FIELDS} of a new message. */
    static @Nullable Object[] values(PreparedMessage row) {
        return new @Nullable Object[] {
            row.messageId(),
            row.type(),
            row.entityId(),
            row.instanceId(),
            row.occurredAt(),
            row.receivedAt(),
            row.state().id(),
            row.reason(),
            row.nextAttemptAt(),
            0L,
            row.diedAt(),
            row.subjectId()
        };
    }

    /**
     * Returns the values of a run's {@link #RUN_FIELDS}.
     *
     * @param head whether the run is the first of its lane
     */
    static @Nullable Object[] values(RunRow run, boolean head) {
        return new @Nullable Object[] {
            run.messageId(),
            run.handler(),
            run.entityId(),
            run.receivedAt(),
            head,
            run.nextAttemptAt(),
            run.stale(),
            run.staleToo(),
            run.replay(),
            run.clearPayload(),
            (long) run.attempts()
        };
    }

    /** Claims the unclaimed message that has been due the longest. The claim lasts until the transaction ends. */
    public static Optional<StoredMessage> claimDue(Connection connection, Dialect dialect, long now)
            throws SQLException {
        return Sql.of(CLAIM_DUE + dialect.skippingLocked(), now).first(connection, InboxSql::stored);
    }

    private static StoredMessage stored(ResultSet row) throws SQLException {
        return new StoredMessage(message(row), row.getBytes("payload"));
    }

    /**
     * Clears the payloads of messages and leaves the other columns unchanged. Returns how many of the messages exist.
     */
    public static int clearPayloads(Connection connection, Collection<String> messageIds) throws SQLException {
        return Sql.updateIn(connection, CLEAR_PAYLOADS, messageIds);
    }

    /**
     * Clears the failure details of these messages' runs. The caller clears their payloads in the same transaction.
     * Claimed runs are skipped: they record no details once the payload is cleared.
     */
    public static void clearDetails(Connection connection, Dialect dialect, Collection<String> messageIds)
            throws SQLException {
        String select = WITH_DETAIL + dialect.skippingLocked();
        List<RunRow.Key> runs =
                Sql.listIn(connection, select, messageIds, row -> new RunRow.Key(row.getString(1), row.getString(2)));
        Sql.updateEach(connection, CLEAR_DETAIL, runs, run -> List.of(run.messageId(), run.handler()));
    }

    /**
     * Schedules another search for the payloads of deleted users, because some payloads were added without a check for
     * deletions.
     */
    public static void searchPayloadsAgain(Connection connection, Collection<String> userIds) throws SQLException {
        int unused = Sql.updateIn(connection, SEARCH_PAYLOADS_AGAIN, userIds);
    }

    /** Sets the state and its reason for these messages. */
    public static void setState(
            Connection connection, MessageState state, @Nullable String reason, Collection<String> messageIds)
            throws SQLException {
        Sql.updateEach(connection, SET_STATE, messageIds, id -> Arrays.asList(state.id(), reason, id));
    }

    /**
     * Records that an attempt of the worker has ended without a failure.
     *
     * @param reason the reason for the state, such as why the message is set aside or dead
     */
    public static void recordDone(
            Connection connection, String messageId, MessageState state, @Nullable String reason, long now)
            throws SQLException {
        Long diedAt = state == MessageState.DEAD ? (Long) now : null;
        Sql.of(RECORD_DONE, state.id(), reason, diedAt, messageId).run(connection);
    }

    /**
     * Records that an attempt failed, unless another worker has recorded an attempt in the meantime.
     *
     * @param reason        the fault's class and SQLState
     * @param nextAttemptAt the time of the next attempt in milliseconds; null makes the message a dead letter
     */
    public static void recordFailure(
            Connection connection, MessageRecord message, String reason, @Nullable Long nextAttemptAt, long now)
            throws SQLException {
        boolean dead = nextAttemptAt == null;
        Sql.of(
                        RECORD_FAILURE,
                        (dead ? MessageState.DEAD : MessageState.KEPT).id(),
                        reason,
                        nextAttemptAt,
                        dead ? (Long) now : null,
                        message.messageId(),
                        message.attempts())
                .run(connection);
    }

    /** Postpones a message's next attempt until the given time, without counting an attempt. */
    public static void defer(Connection connection, MessageRecord message, long until) throws SQLException {
        Sql.of(DEFER, until, message.messageId(), message.attempts()).run(connection);
    }

    /**
     * Makes a message due again and resets its attempts. Returns false if the message is unknown or its payload has
     * been cleared.
     */
    public static boolean makeDue(Connection connection, String messageId, long at) throws SQLException {
        return Sql.of(MAKE_DUE, at, messageId).update(connection) == 1;
    }

    /** Returns a message's record, if it exists. */
    public static Optional<MessageRecord> find(Connection connection, String messageId) throws SQLException {
        return Sql.of(FIND, messageId).first(connection, InboxSql::message);
    }

    /** Returns the records of these messages by id. */
    public static Map<String, MessageRecord> find(Connection connection, Collection<String> messageIds)
            throws SQLException {
        return Sql.listIn(connection, FIND_ALL, messageIds, InboxSql::message).stream()
                .collect(Collectors.toMap(MessageRecord::messageId, message -> message));
    }

    /** Reads the {@link #MESSAGE_COLUMNS} of a row. */
    public static MessageRecord message(ResultSet row) throws SQLException {
        return new MessageRecord(
                row.getString("message_id"),
                row.getString("type"),
                row.getString("entity_id"),
                row.getString("instance_id"),
                Sql.time(row, "occurred_at"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                MessageState.of(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                Sql.time(row, "next_attempt_at"),
                Sql.time(row, "died_at"),
                row.getBoolean("has_payload"));
    }

    /** Returns a message with its payload, if it exists. */
    public static Optional<StoredMessage> stored(Connection connection, String messageId) throws SQLException {
        return Sql.of(WITH_PAYLOAD + "message_id = ?", messageId).first(connection, InboxSql::stored);
    }

    /** Returns the time when the newest message was received, in milliseconds; null if the inbox is empty. */
    public static @Nullable Long lastReceivedAt(Connection connection) throws SQLException {
        return Sql.of(LAST).number(connection);
    }

    /** Returns whether a message has runs that are waiting or are dead letters. */
    public static boolean hasRuns(Connection connection, String messageId) throws SQLException {
        return Sql.of(HAS_RUNS, messageId).exists(connection);
    }

    /** Returns whether the inbox is empty. */
    static boolean isEmpty(Connection connection) throws SQLException {
        return !Sql.of("select 1 from bellhop_inbox limit 1").exists(connection);
    }

    /** Counts the messages that wait for the worker. */
    public static long countWaiting(Connection connection) throws SQLException {
        return Sql.of("select count(*) from bellhop_inbox where next_attempt_at is not null")
                .count(connection);
    }

    /** Counts the messages that are dead letters. */
    public static long countDead(Connection connection) throws SQLException {
        return Sql.of("select count(*) from bellhop_inbox where died_at is not null")
                .count(connection);
    }
}
