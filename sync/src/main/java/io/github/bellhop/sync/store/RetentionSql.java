package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ClerkTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that clear what need not be kept, for one database. What is to be changed is chosen first and then
 * changed by primary key, so that no plan ever reads a whole table.
 *
 * @hidden
 */
public final class RetentionSql {
    /** How many rows one transaction changes at most. */
    public static final int BATCH = 500;

    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String NOT_WAITING = " and next_attempt_at is null and died_at is null"
            + " and not exists (select 1 from bellhop_handler_runs run where run.message_id = bellhop_inbox.message_id)";
    private static final String OLDEST = " and received_at < ? order by received_at limit " + BATCH;
    private static final String CHOOSE = "select message_id from bellhop_inbox where payload is ";

    private static final String EXPIRED_PAYLOADS = CHOOSE + "not null" + NOT_WAITING + OLDEST;
    private static final String SECRET_PAYLOADS =
            CHOOSE + "not null and (substr(type, 1, 6) = 'email.' or substr(type, 1, 4) = 'sms.')" + OLDEST;
    private static final String OLD_MESSAGES = CHOOSE + "null" + OLDEST;
    private static final String OLD_MESSAGES_WITH_PAYLOAD = CHOOSE + "not null" + OLDEST;
    private static final String DONE_OF_SUBJECT =
            CHOOSE + "not null" + NOT_WAITING + " and subject_id = ? limit " + BATCH;
    private static final String ALL_OF_SUBJECT = CHOOSE + "not null and subject_id = ? limit " + BATCH;

    private static final String OLD_DEAD_RUNS = "select message_id from bellhop_handler_runs where died_at < ?"
            + " and died_at is not null order by died_at limit " + BATCH;
    private static final String DELETE_DEAD_RUNS =
            "delete from bellhop_handler_runs where died_at is not null and message_id in (%s)";

    static final String OLD_DISCARDS =
            "select message_id from bellhop_discards where discarded_at < ? order by discarded_at limit " + BATCH;
    private static final String DELETE_DISCARDS = "delete from bellhop_discards where message_id in (%s)";

    private static final String DELETED_USERS = """
            select entity_id, deleted_at from bellhop_tombstones
            where entity = 'user' and payloads_cleared_at is null and entity_id > ? order by entity_id limit 100""";

    private static final String NOTE_CLEARED =
            "update bellhop_tombstones set payloads_cleared_at = ? where entity = 'user' and entity_id = ?";

    private static final String LOOK_AGAIN =
            "update bellhop_tombstones set payloads_cleared_at = null where entity = 'user' and entity_id in (%s)";

    private static final String HAS_PAYLOADS =
            "select 1 from bellhop_inbox where payload is not null and subject_id = ? limit 1";

    private static final String FINAL_STATES = ClerkTables.SESSIONS.statusRanks().keySet().stream()
            .sorted()
            .map(state -> "'" + state + "'")
            .collect(Collectors.joining(", "));

    private static final String DELETE_MESSAGES = "delete from bellhop_inbox where message_id in (%s)";
    private static final String DELETE_AUDIT = "delete from clerk_audit_log where message_id in (%s)";
    private static final String DELETE_SESSIONS = "delete from clerk_sessions where id in (%s)";

    /** The statements that look for messages, none of which may read a whole inbox. */
    static final List<String> ON_THE_INBOX = List.of(
            EXPIRED_PAYLOADS,
            SECRET_PAYLOADS,
            OLD_MESSAGES,
            OLD_MESSAGES_WITH_PAYLOAD,
            DONE_OF_SUBJECT,
            ALL_OF_SUBJECT,
            HAS_PAYLOADS);

    private final Dialect dialect;
    private final String time;

    /** The statements for a database of this dialect. */
    public RetentionSql(Dialect dialect) {
        this.dialect = dialect;
        time = "cast(? as " + dialect.typePlaceholders().get("time") + ")";
    }

    /** Messages that came before the given time, in milliseconds, are done, and have their payload still. */
    public List<String> expiredPayloads(Connection connection, long before) throws SQLException {
        return Ids.all(connection, locked(EXPIRED_PAYLOADS), before);
    }

    /** E-mails and text messages that came before the given time and have their payload still, done or not. */
    public List<String> secretPayloads(Connection connection, long before) throws SQLException {
        return Ids.all(connection, locked(SECRET_PAYLOADS), before);
    }

    /** Messages that came before the given time. */
    public List<String> oldMessages(Connection connection, long before) throws SQLException {
        List<String> ids = new ArrayList<>(Ids.all(connection, locked(OLD_MESSAGES), before));
        if (ids.isEmpty()) {
            ids.addAll(Ids.all(connection, locked(OLD_MESSAGES_WITH_PAYLOAD), before));
        }
        return ids;
    }

    /**
     * Messages that carry the data of this user or entity and have their payload still.
     *
     * @param waitingToo whether those that wait for the worker or a person are among them
     */
    public List<String> payloadsOf(Connection connection, String subject, boolean waitingToo) throws SQLException {
        return Ids.all(connection, locked(waitingToo ? ALL_OF_SUBJECT : DONE_OF_SUBJECT), subject);
    }

    /** Whether some message that carries the data of this user or entity has its payload still. */
    public boolean hasPayloads(Connection connection, String subject) throws SQLException {
        return !Ids.all(connection, HAS_PAYLOADS, subject).isEmpty();
    }

    /** Some of the deleted users whose payloads are not all cleared, after the given id, with the times in milliseconds. */
    public Map<String, Long> deletedUsers(Connection connection, String after) throws SQLException {
        Map<String, Long> users = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(DELETED_USERS)) {
            statement.setString(1, after);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    users.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return users;
    }

    /** Notes that a deleted user's payloads are cleared. */
    public void noteCleared(Connection connection, String userId, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOTE_CLEARED)) {
            statement.setLong(1, now);
            statement.setString(2, userId);
            statement.executeUpdate();
        }
    }

    /** Has the payloads of deleted users looked for again, since some were added without regard to deletions. */
    public static void lookAgain(Connection connection, Collection<String> userIds) throws SQLException {
        int unused = Ids.update(connection, LOOK_AGAIN, userIds);
    }

    /** Forgets messages. */
    public int deleteMessages(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, DELETE_MESSAGES, messageIds);
    }

    /** Messages with runs of handlers that became dead letters before the given time. */
    public List<String> oldDeadRuns(Connection connection, long before) throws SQLException {
        return Ids.all(connection, locked(OLD_DEAD_RUNS), before);
    }

    /** Forgets the dead runs of messages. */
    public int deleteDeadRuns(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, DELETE_DEAD_RUNS, messageIds);
    }

    /** Messages of which a dead letter was given up before the given time. */
    public List<String> oldDiscards(Connection connection, long before) throws SQLException {
        return Ids.all(connection, locked(OLD_DISCARDS), before);
    }

    /** Forgets what was given up of messages. */
    public int deleteDiscards(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, DELETE_DISCARDS, messageIds);
    }

    /** Lines of the audit log of before the given time. */
    public List<String> oldAuditLines(Connection connection, Instant before) throws SQLException {
        String sql = "select message_id from clerk_audit_log where occurred_at < " + time
                + " order by occurred_at limit " + BATCH;
        return Ids.all(connection, locked(sql), ISO_MILLIS.format(before));
    }

    /** Lines of the audit log about a user. */
    public List<String> auditLinesOf(Connection connection, String userId) throws SQLException {
        return Ids.all(
                connection, locked("select message_id from clerk_audit_log where user_id = ? limit " + BATCH), userId);
    }

    /** Removes lines of the audit log. */
    public int deleteAuditLines(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, DELETE_AUDIT, messageIds);
    }

    /** The last id of the next rows of sessions in the order of ids; empty when there is none after the given one. */
    public Optional<String> endOfSessions(Connection connection, String after) throws SQLException {
        List<String> last = Ids.all(
                connection,
                "select max(id) from (select id from clerk_sessions where id > ? order by id limit " + BATCH
                        + ") as next_rows",
                after);
        return Optional.ofNullable(last.get(0));
    }

    /** Removes rows of sessions. */
    public int deleteSessions(Connection connection, Collection<String> ids) throws SQLException {
        return Ids.update(connection, DELETE_SESSIONS, ids);
    }

    /**
     * Sessions that were over before the given time, among those with ids in the given range.
     *
     * @param after the range begins after this id
     * @param last  and ends with this one
     */
    public List<String> sessionsOver(Connection connection, String after, String last, Instant before)
            throws SQLException {
        String sql = """
                select id from clerk_sessions where id > ? and id <= ? and (
                    deleted_at < %1$s or expire_at < %1$s or abandon_at < %1$s
                    or (status in (%2$s) and updated_at < %1$s))""".formatted(time, FINAL_STATES);
        String at = ISO_MILLIS.format(before);
        return Ids.all(connection, locked(sql), after, last, at, at, at, at);
    }

    private String locked(String select) {
        return select + dialect.skippingLocked();
    }
}
