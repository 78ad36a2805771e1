package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.inbox.DeathCause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on dead letters, the same everywhere. */
public final class DeadLetterSql {
    private static final String CAUSES = """
            select handler, reason, count(*) as letters, max(died_at) as last, max(message_id) as example
            from bellhop_dead_letters where 1 = 1%s group by handler, reason order by letters desc, handler, reason""";

    private static final String LETTERS = """
            select message_id, handler, reason, attempts, died_at from bellhop_dead_letters
            where (message_id > ? or (message_id = ? and handler > ?))%s order by message_id, handler limit ?""";

    private static final String NOTE = """
            insert into bellhop_discards
                (message_id, handler, reason, attempts, died_at, discarded_at, discard_reason)
            select message_id, handler, reason, attempts, died_at, ?, ? from bellhop_dead_letters
            where message_id = ? and handler = ?
            on conflict (message_id, handler) do update set reason = excluded.reason, attempts = excluded.attempts,
                died_at = excluded.died_at, discarded_at = excluded.discarded_at,
                discard_reason = excluded.discard_reason""";

    private static final String REMOVE_RUN = """
            delete from bellhop_handler_runs where message_id = ? and handler = ? and died_at is not null
            returning case when clear_payload then 1 else 0 end""";

    private static final String SET_ASIDE = """
            update bellhop_inbox set state = 'aside', reason = 'discarded', died_at = null, next_attempt_at = null
            where message_id = ? and state = 'dead'""";

    private DeadLetterSql() {}

    /** What they died of, the most frequent first. */
    public static List<DeathCause> causes(Connection connection, Wildcards wildcards, DeadLetterFilter filter)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String condition = condition(wildcards, filter, parameters);
        List<DeathCause> causes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CAUSES.formatted(condition))) {
            bind(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    causes.add(new DeathCause(
                            row.getString("handler"),
                            row.getString("reason"),
                            row.getLong("letters"),
                            time(row, "last"),
                            row.getString("example")));
                }
            }
        }
        return causes;
    }

    /** Some dead letters, in the order of messages' ids and handlers' names, after the given one. */
    public static List<DeadLetter> after(
            Connection connection, Wildcards wildcards, DeadLetterFilter filter, @Nullable DeadLetter last, int limit)
            throws SQLException {
        String id = last == null ? "" : last.messageId();
        List<Object> parameters = new ArrayList<>(List.of(id, id, last == null ? "" : last.handler()));
        String condition = condition(wildcards, filter, parameters);
        parameters.add(limit);
        List<DeadLetter> letters = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LETTERS.formatted(condition))) {
            bind(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    letters.add(new DeadLetter(
                            row.getString("message_id"),
                            row.getString("handler"),
                            row.getString("reason"),
                            row.getInt("attempts"),
                            time(row, "died_at")));
                }
            }
        }
        return letters;
    }

    /** Gives a dead letter up and notes why; false when it is none any more. */
    public static boolean discard(Connection connection, String messageId, String handler, String why, long now)
            throws SQLException {
        boolean mirror = handler.equals(DeadLetter.MIRROR);
        if (update(connection, NOTE, now, why, messageId, handler) == 0) {
            return false;
        }
        boolean changed =
                mirror ? update(connection, SET_ASIDE, messageId) == 1 : removeRun(connection, messageId, handler);
        if (!changed) {
            throw new SQLException("the dead letter came alive meanwhile", "40001");
        }
        return true;
    }

    private static boolean removeRun(Connection connection, String messageId, String handler) throws SQLException {
        List<String> clear = Ids.all(connection, REMOVE_RUN, messageId, handler);
        if (clear.contains("1") && !RunSql.hasRuns(connection, messageId)) {
            int unused = InboxSql.clearPayloads(connection, List.of(messageId));
        }
        return !clear.isEmpty();
    }

    private static String condition(Wildcards wildcards, DeadLetterFilter filter, List<Object> parameters) {
        StringBuilder condition = new StringBuilder();
        if (filter.messageId() != null) {
            condition.append(" and message_id = ?");
            parameters.add(filter.messageId());
        }
        if (filter.handler() != null) {
            condition.append(" and handler = ?");
            parameters.add(filter.handler());
        }
        if (filter.reason() != null) {
            condition.append(" and ").append(wildcards.condition("reason"));
            parameters.add(wildcards.pattern(filter.reason()));
        }
        return condition.toString();
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, List.of(parameters));
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
