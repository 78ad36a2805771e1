package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PrivateData;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find and clear expired data. Rows are first selected and then changed by primary key, so that no
 * statement scans a whole table.
 */
final class RetentionSql {
    /** The maximum number of rows that one transaction changes. */
    static final int BATCH = 500;

    private static final String NOT_WAITING = " and next_attempt_at is null and died_at is null"
            + " and not exists (select 1 from bellhop_handler_runs run where run.message_id = bellhop_inbox.message_id)";
    private static final String OLDEST = " and received_at < ? order by received_at limit " + BATCH;
    private static final String CHOOSE = "select message_id from bellhop_inbox where payload is ";

    /** The maximum number of messages with a payload that one statement checks. Many of them may not be done. */
    private static final int MAX_CHECKED = 2_000;

    private static final String IS_DONE = "case when next_attempt_at is null and died_at is null and not exists"
            + " (select 1 from bellhop_handler_runs run where run.message_id = bellhop_inbox.message_id)"
            + " then 1 else 0 end";
    private static final String OLDEST_PAYLOADS = "select received_at, message_id, " + IS_DONE
            + " from bellhop_inbox where payload is not null and received_at < ?";
    private static final String IN_ORDER = " order by received_at, message_id limit " + MAX_CHECKED;
    static final String FIRST_PAYLOADS = OLDEST_PAYLOADS + IN_ORDER;
    static final String NEXT_PAYLOADS =
            OLDEST_PAYLOADS + " and received_at >= ? and (received_at > ? or message_id > ?)" + IN_ORDER;
    private static final String DONE = CHOOSE + "not null" + NOT_WAITING + " and message_id in (%s)";
    private static final String SECRET_PAYLOADS = CHOOSE + "not null and " + PrivateData.MESSAGE_TYPES + OLDEST;
    private static final String OLD_MESSAGES = CHOOSE + "null" + OLDEST;
    private static final String OLD_MESSAGES_WITH_PAYLOAD = CHOOSE + "not null" + OLDEST;
    private static final String DONE_OF_SUBJECT =
            CHOOSE + "not null" + NOT_WAITING + " and subject_id = ? limit " + BATCH;
    private static final String ALL_OF_SUBJECT = CHOOSE + "not null and subject_id = ? limit " + BATCH;

    static final String OLD_DEAD_RUNS = "select message_id from bellhop_handler_runs where died_at < ?"
            + " and died_at is not null order by died_at limit " + BATCH;
    static final String DELETE_DEAD_RUNS =
            "delete from bellhop_handler_runs where died_at is not null and message_id in (%s)";

    static final String OLD_DISCARDS =
            "select message_id from bellhop_discards where discarded_at < ? order by discarded_at limit " + BATCH;

    private static final String DELETED_USERS = """
            select entity_id, deleted_at from bellhop_tombstones
            where entity = 'user' and payloads_cleared_at is null and entity_id > ? order by entity_id limit 100""";

    private static final String HAS_PAYLOADS =
            "select 1 from bellhop_inbox where payload is not null and subject_id = ? limit 1";

    private static final String FINAL_STATES = ClerkTables.SESSIONS.statusRanks().keySet().stream()
            .sorted()
            .map(state -> "'" + state + "'")
            .collect(Collectors.joining(", "));

    /** Finds messages of unknown types whose row was missing when they were received, but exists now. */
    static final String UPDATES_WITH_ROW = """
            select message_id from bellhop_inbox
            where reason = 'no-row' and payload is not null and (%s)
            order by received_at limit 500""".formatted(ClerkTables.ALL.stream()
            .filter(table -> !table.families().isEmpty())
            .map(RetentionSql::hasRow)
            .collect(Collectors.joining(" or ")));

    /** The statements that search for messages. None of them may scan the whole inbox. */
    static final List<String> ON_THE_INBOX = List.of(
            SECRET_PAYLOADS, OLD_MESSAGES, OLD_MESSAGES_WITH_PAYLOAD, DONE_OF_SUBJECT, ALL_OF_SUBJECT, HAS_PAYLOADS);

    private final Dialect dialect;
    private final String time;

    /** Creates the statements. */
    RetentionSql(Dialect dialect) {
        this.dialect = dialect;
        time = dialect.timeParameter();
    }

    /**
     * A batch of messages with a payload, in order of receipt.
     *
     * @param done the ids of the messages that are done, at most {@value #BATCH}
     * @param end  the position of the last checked message; null if no message was checked
     */
    record OldPayloads(List<String> done, @Nullable MessagePlace end) {}

    /**
     * Checks a batch of messages with a payload.
     *
     * @param before checks only messages received before this time, in milliseconds
     * @param after  checks only messages after this position; null for the first batch
     */
    OldPayloads oldPayloads(Connection connection, long before, @Nullable MessagePlace after) throws SQLException {
        Sql sql = after == null
                ? Sql.of(FIRST_PAYLOADS, before)
                : Sql.of(NEXT_PAYLOADS, before, after.receivedAt(), after.receivedAt(), after.messageId());
        List<String> done = new ArrayList<>();
        List<MessagePlace> checked = new ArrayList<>();
        sql.each(connection, row -> {
            if (done.size() < BATCH) {
                checked.add(new MessagePlace(row.getLong(1), row.getString(2)));
                if (row.getInt(3) == 1) {
                    done.add(row.getString(2));
                }
            }
        });
        return new OldPayloads(done, checked.isEmpty() ? null : checked.get(checked.size() - 1));
    }

    /** Returns the messages among these that are still done and still have a payload. */
    List<String> stillDone(Connection connection, List<String> messageIds) throws SQLException {
        return Sql.textsIn(connection, locked(DONE), messageIds);
    }

    /**
     * Returns the e-mails and text messages that were received before the given time and still have a payload, even if
     * they are not done.
     */
    List<String> secretPayloads(Connection connection, long before) throws SQLException {
        return Sql.of(locked(secretPayloads(dialect)), before).texts(connection);
    }

    static String secretPayloads(Dialect dialect) {
        return dialect.typed(SECRET_PAYLOADS);
    }

    /** Returns a batch of messages that were received before the given time. */
    List<String> oldMessages(Connection connection, long before) throws SQLException {
        List<String> ids = new ArrayList<>(Sql.of(locked(OLD_MESSAGES), before).texts(connection));
        if (ids.isEmpty()) {
            ids.addAll(Sql.of(locked(OLD_MESSAGES_WITH_PAYLOAD), before).texts(connection));
        }
        return ids;
    }

    /**
     * Returns a batch of messages that contain data of this user or entity and still have a payload.
     *
     * @param includeWaiting whether to include messages that wait for the worker or a handler, and dead letters
     */
    List<String> payloadsOf(Connection connection, String subject, boolean includeWaiting) throws SQLException {
        return Sql.of(locked(includeWaiting ? ALL_OF_SUBJECT : DONE_OF_SUBJECT), subject)
                .texts(connection);
    }

    /** Returns whether any message that contains data of this user or entity still has a payload. */
    boolean hasPayloads(Connection connection, String subject) throws SQLException {
        return Sql.of(HAS_PAYLOADS, subject).exists(connection);
    }

    /**
     * Returns the next batch of deleted users, after the given id, who may still have payloads. Each user's id is
     * mapped to the time of deletion in milliseconds.
     */
    Map<String, Long> deletedUsers(Connection connection, String after) throws SQLException {
        Map<String, Long> users = new LinkedHashMap<>();
        Sql.of(DELETED_USERS, after).each(connection, row -> users.put(row.getString(1), row.getLong(2)));
        return users;
    }

    /**
     * Runs a select statement that finds the ids of due rows before a time, in milliseconds. Locks the rows if the
     * database supports it.
     */
    List<String> due(Connection connection, String select, long before) throws SQLException {
        return Sql.of(locked(select), before).texts(connection);
    }

    /** Returns a batch of audit log entries from before the given time. */
    List<String> oldAuditLines(Connection connection, Instant before) throws SQLException {
        String sql = "select message_id from clerk_audit_log where occurred_at < " + time
                + " order by occurred_at limit " + BATCH;
        return Sql.of(locked(sql), Sql.iso(before)).texts(connection);
    }

    /**
     * Returns the last id of the next batch of sessions, in order of id; empty if no session has a higher id than the
     * given one.
     */
    Optional<String> endOfSessions(Connection connection, String after) throws SQLException {
        List<String> last = Sql.of(
                        "select max(id) from (select id from clerk_sessions where id > ? order by id limit " + BATCH
                                + ") as next_rows",
                        after)
                .texts(connection);
        return Optional.ofNullable(last.get(0));
    }

    /**
     * Returns the sessions with an id in the given range that ended before the given time.
     *
     * @param after the exclusive start of the range
     * @param last  the inclusive end of the range
     */
    List<String> endedSessions(Connection connection, String after, String last, Instant before) throws SQLException {
        String sql = """
                select id from clerk_sessions where id > ? and id <= ? and (
                    deleted_at < %1$s or expire_at < %1$s or abandon_at < %1$s
                    or (status in (%2$s) and updated_at < %1$s))""".formatted(time, FINAL_STATES);
        String isoTime = Sql.iso(before);
        return Sql.of(locked(sql), after, last, isoTime, isoTime, isoTime, isoTime)
                .texts(connection);
    }

    /**
     * Returns the condition that a message is about an entity of the table and that the entity's row exists. The family
     * is the part of the type before the last dot, or the whole type.
     */
    private static String hasRow(MirrorTable table) {
        String family = table.families().stream()
                .sorted()
                .map(name -> "substr(type || '.', 1, %d) = '%s.'".formatted(name.length() + 1, name))
                .collect(Collectors.joining(" or "));
        return "((%s) and exists (select 1 from %s t where t.id = bellhop_inbox.entity_id))"
                .formatted(family, table.name());
    }

    /** Returns a batch of messages whose rows now exist. */
    List<String> updatesWithRow(Connection connection) throws SQLException {
        return Sql.of(locked(UPDATES_WITH_ROW)).texts(connection);
    }

    /** Makes these messages due for the worker. Their handlers are not called again. */
    static int makeDue(Connection connection, List<String> messageIds, long now) throws SQLException {
        int due = 0;
        for (String id : messageIds) {
            due += InboxSql.makeDue(connection, id, now) ? 1 : 0;
        }
        return due;
    }

    private String locked(String select) {
        return select + dialect.skippingLocked();
    }
}
