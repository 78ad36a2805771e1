package io.github.bellhop.sync.retry;

import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.inbox.DeathCause;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.store.HandlerSql;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.Wildcards;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements for dead letters. */
final class DeadLetterSql {
    private static final String CAUSES = """
            select handler, reason, count(*) as letters, max(died_at) as last, max(message_id) as example
            from bellhop_dead_letters where 1 = 1%s group by handler, reason order by letters desc, handler, reason""";

    // Messages and runs have separate indexes.
    private static final String PART = """
            select message_id, %1$s as handler, reason, attempts, died_at from %2$s where died_at is not null%3$s
            and message_id >= ? and (message_id > ? or %1$s > ?)%4$s order by message_id, handler limit ?""";
    private static final String LETTERS =
            "select * from (%s) as messages union all select * from (%s) as runs order by message_id, handler limit ?";

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

    /** Counts dead letters by handler and reason, most frequent first. */
    static List<DeathCause> causes(Connection connection, Wildcards wildcards, DeadLetterFilter filter)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String condition = condition(wildcards, filter, "handler", parameters);
        return Sql.of(CAUSES.formatted(condition), parameters)
                .list(
                        connection,
                        row -> new DeathCause(
                                row.getString("handler"),
                                row.getString("reason"),
                                row.getLong("letters"),
                                Sql.time(row, "last"),
                                row.getString("example")));
    }

    /** Returns the dead letters after the given one, ordered by message id and handler name. */
    static List<DeadLetter> after(
            Connection connection, Wildcards wildcards, DeadLetterFilter filter, @Nullable DeadLetter last, int limit)
            throws SQLException {
        List<DeadRow> rows = after(wildcards, filter, last, limit)
                .list(
                        connection,
                        row -> new DeadRow(
                                new RunRow.Key(row.getString("message_id"), row.getString("handler")),
                                row.getString("reason"),
                                row.getInt("attempts"),
                                Sql.time(row, "died_at")));
        List<String> ids = rows.stream().map(row -> row.key().messageId()).toList();
        Map<String, MessageRecord> messages = InboxSql.find(connection, ids);
        Map<RunRow.Key, RunRecord> runs = HandlerSql.runs(connection, ids).stream()
                .collect(Collectors.toMap(run -> new RunRow.Key(run.messageId(), run.handler()), run -> run));
        return rows.stream()
                .map(row -> row.letter(messages.get(row.key().messageId()), runs.get(row.key())))
                .toList();
    }

    private record DeadRow(
            RunRow.Key key,
            @Nullable String reason,
            int attempts,
            @Nullable Instant at) {
        DeadLetter letter(@Nullable MessageRecord message, @Nullable RunRecord run) {
            return new DeadLetter(
                    key.messageId(),
                    key.handler(),
                    reason,
                    attempts,
                    at,
                    message == null ? null : message.type(),
                    message == null ? null : message.entityId(),
                    run);
        }
    }

    static Sql after(Wildcards wildcards, DeadLetterFilter filter, @Nullable DeadLetter last, int limit) {
        List<Object> parameters = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (boolean runs : new boolean[] {false, true}) {
            String handler = runs ? "handler" : "'mirror'";
            String id = last == null ? "" : last.messageId();
            parameters.addAll(List.of(id, id, last == null ? "" : last.handler()));
            String condition = condition(wildcards, filter, handler, parameters);
            parameters.add(limit);
            parts.add(PART.formatted(
                    handler,
                    runs ? "bellhop_handler_runs" : "bellhop_inbox",
                    runs ? "" : " and state = 'dead'",
                    condition));
        }
        parameters.add(limit);
        return Sql.of(LETTERS.formatted(parts.toArray()), parameters);
    }

    /** Discards a dead letter and records the reason. Returns false if it is no longer a dead letter. */
    static boolean discard(Connection connection, String messageId, String handler, String why, long now)
            throws SQLException {
        if (Sql.of(NOTE, now, why, messageId, handler).update(connection) == 0) {
            return false;
        }
        boolean changed = handler.equals(DeadLetter.MIRROR)
                ? Sql.of(SET_ASIDE, messageId).update(connection) == 1
                : removeRun(connection, messageId, handler);
        if (!changed) {
            throw new SQLException("the dead letter changed concurrently", "40001");
        }
        return true;
    }

    private static boolean removeRun(Connection connection, String messageId, String handler) throws SQLException {
        List<String> clear = Sql.of(REMOVE_RUN, messageId, handler).texts(connection);
        if (clear.contains("1") && !InboxSql.hasRuns(connection, messageId)) {
            int unused = InboxSql.clearPayloads(connection, List.of(messageId));
        }
        return !clear.isEmpty();
    }

    private static String condition(
            Wildcards wildcards, DeadLetterFilter filter, String handler, List<Object> parameters) {
        StringBuilder condition = new StringBuilder();
        if (filter.messageId() != null) {
            condition.append(" and message_id = ?");
            parameters.add(filter.messageId());
        }
        if (filter.handler() != null) {
            condition.append(" and ").append(handler).append(" = ?");
            parameters.add(filter.handler());
        }
        if (filter.reason() != null) {
            condition.append(" and ").append(wildcards.condition("reason"));
            parameters.add(wildcards.pattern(filter.reason()));
        }
        return condition.toString();
    }
}
