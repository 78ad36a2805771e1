package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.ListedState;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.RunRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that look for messages on behalf of people, the same everywhere. */
public final class MessageSql {
    private static final String COLUMNS = "message_id, type, entity_id, instance_id, occurred_at, received_at, state,"
            + " reason, attempts, next_attempt_at, died_at, payload is not null as has_payload";
    private static final String NEWEST = " order by received_at desc, message_id desc limit ?";

    // The two parts of the inbox have an index each.
    private static final String PART = "select * from (select " + COLUMNS + " from bellhop_inbox where payload is ";
    private static final String PLACES = "select received_at, message_id from bellhop_inbox where payload is not null";
    private static final String COUNT = "select count(*) from bellhop_inbox where payload is ";

    private static final String RUNS = """
            select handler, attempts, reason, next_attempt_at, died_at, head from bellhop_handler_runs
            where message_id = ? order by handler""";

    private MessageSql() {}

    /** A condition and what belongs in its places. */
    private static final class Condition {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> parameters = new ArrayList<>();

        private Condition(MessageFilter filter, Wildcards wildcards) {
            if (!filter.types().isEmpty()) {
                String one = wildcards.condition("type");
                add(" and ("
                        + String.join(" or ", Collections.nCopies(filter.types().size(), one)) + ")");
                filter.types().forEach(type -> parameters.add(wildcards.pattern(type)));
            }
            if (filter.entityId() != null) {
                add(" and entity_id = ?", filter.entityId());
            }
            if (!filter.states().isEmpty()) {
                standing(filter.states());
            }
            if (filter.since() != null) {
                add(" and received_at >= ?", filter.since().toEpochMilli());
            }
            if (filter.until() != null) {
                add(" and received_at < ?", filter.until().toEpochMilli());
            }
        }

        private void standing(Set<ListedState> states) {
            List<String> others = states.stream()
                    .filter(state -> state != ListedState.WAITING)
                    .map(ListedState::id)
                    .toList();
            List<String> either = new ArrayList<>();
            if (states.contains(ListedState.WAITING)) {
                either.add("next_attempt_at is not null");
            }
            if (!others.isEmpty()) {
                either.add("(next_attempt_at is null and state in (" + Ids.marks(others.size()) + "))");
            }
            add(" and (" + String.join(" or ", either) + ")", others.toArray());
        }

        /** Beyond a place, in the direction of the sign. */
        private Condition beyond(@Nullable MessagePlace place, char sign) {
            if (place != null) {
                add(" and received_at " + sign + "= ?", place.receivedAt());
                add(" and (received_at " + sign + " ?", place.receivedAt());
                add(" or message_id " + sign + " ?)", place.messageId());
            }
            return this;
        }

        private Condition add(String part, Object... values) {
            sql.append(part);
            parameters.addAll(List.of(values));
            return this;
        }
    }

    /** The newest messages, newest first. */
    public static List<MessageRecord> newest(
            Connection connection, Wildcards wildcards, MessageFilter filter, @Nullable MessagePlace before, int limit)
            throws SQLException {
        Query query = newest(wildcards, filter, before, limit);
        return records(connection, query.sql, query.parameters);
    }

    /** A statement and what belongs in its places. */
    record Query(String sql, List<Object> parameters) {}

    static Query newest(Wildcards wildcards, MessageFilter filter, @Nullable MessagePlace before, int limit) {
        Condition condition =
                new Condition(filter, wildcards).beyond(before, '<').add(NEWEST, limit);
        String sql = PART + "not null" + condition.sql + ") as whole union all " + PART + "null" + condition.sql
                + ") as cleared" + NEWEST;
        List<Object> parameters = new ArrayList<>(condition.parameters);
        parameters.addAll(condition.parameters);
        parameters.add(limit);
        return new Query(sql, parameters);
    }

    /** One message; null when it is unknown. */
    public static @Nullable MessageRecord find(Connection connection, String messageId) throws SQLException {
        List<MessageRecord> found = records(
                connection, "select " + COLUMNS + " from bellhop_inbox where message_id = ?", List.of(messageId));
        return found.isEmpty() ? null : found.get(0);
    }

    /** The places of the oldest messages that have their payload, oldest first. */
    public static List<MessagePlace> oldestWithPayload(
            Connection connection, Wildcards wildcards, MessageFilter filter, @Nullable MessagePlace after, int limit)
            throws SQLException {
        Condition condition = new Condition(filter, wildcards)
                .beyond(after, '>')
                .add(" order by received_at, message_id limit ?", limit);
        List<MessagePlace> places = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PLACES + condition.sql)) {
            bind(statement, condition.parameters);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    places.add(new MessagePlace(row.getLong(1), row.getString(2)));
                }
            }
        }
        return places;
    }

    /** How many messages there are, of those that have their payload or of the others. */
    public static long count(
            Connection connection,
            Wildcards wildcards,
            MessageFilter filter,
            @Nullable MessagePlace after,
            boolean withPayload)
            throws SQLException {
        Condition condition = new Condition(filter, wildcards).beyond(after, '>');
        String sql = COUNT + (withPayload ? "not null" : "null") + condition.sql;
        return Long.parseLong(
                Ids.all(connection, sql, condition.parameters.toArray()).get(0));
    }

    /** The runs of a message that are not done. */
    public static List<RunRecord> runs(Connection connection, String messageId) throws SQLException {
        List<RunRecord> runs = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RUNS)) {
            statement.setString(1, messageId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    runs.add(new RunRecord(
                            row.getString("handler"),
                            row.getInt("attempts"),
                            row.getString("reason"),
                            time(row, "next_attempt_at"),
                            time(row, "died_at"),
                            row.getBoolean("head")));
                }
            }
        }
        return runs;
    }

    private static List<MessageRecord> records(Connection connection, String sql, List<Object> parameters)
            throws SQLException {
        List<MessageRecord> messages = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    messages.add(message(row));
                }
            }
        }
        return messages;
    }

    private static void bind(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    private static MessageRecord message(ResultSet row) throws SQLException {
        return new MessageRecord(
                row.getString("message_id"),
                row.getString("type"),
                row.getString("entity_id"),
                row.getString("instance_id"),
                time(row, "occurred_at"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                MessageState.of(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                time(row, "next_attempt_at"),
                time(row, "died_at"),
                row.getBoolean("has_payload"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
