package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL statements that claim runs and record failed attempts. */
final class RunSql {
    private static final String CLAIMABLE = """
            select message_id, handler, entity_id, received_at, next_attempt_at, stale, stale_too, replay,
                clear_payload, attempts
            from bellhop_handler_runs where head and handler = ? and next_attempt_at <= ?
            and next_attempt_at is not null""";
    private static final String FIRST = " order by next_attempt_at limit 1";

    static final String CLAIM = CLAIMABLE + FIRST;

    /** Reads one index entry per handler; a join would read all runs that are due or locked. */
    static final String DUE_HANDLERS = """
            with wanted (name) as (values %s)
            select name from wanted where (
                select 1 from bellhop_handler_runs where head and handler = wanted.name and next_attempt_at <= ?
                    and next_attempt_at is not null order by next_attempt_at limit 1) is not null""";

    private static final String HAS_PAYLOAD =
            "select message_id from bellhop_inbox where message_id = ? and payload is not null";
    private static final String POSTPONE = """
            update bellhop_handler_runs set next_attempt_at = ?
            where message_id = ? and handler = ? and attempts = ? and head""";

    private static final String FAIL = """
            update bellhop_handler_runs set attempts = ?, reason = ?,
                first_failed_at = coalesce(first_failed_at, ?), last_failed_at = ?, detail = ?,
                next_attempt_at = ?, died_at = ?, head = ?
            where message_id = ? and handler = ? and attempts = ? and head""";

    private RunSql() {}

    /**
     * Limits which of a handler's due runs may be claimed.
     *
     * @param except the messages whose runs may not be claimed
     * @param only   the only messages whose runs may be claimed; empty for all messages
     */
    record Filter(Set<String> except, Optional<Set<String>> only) {
        static final Filter ALL = new Filter(Set.of(), Optional.empty());

        private String condition() {
            return (except.isEmpty() ? "" : " and message_id not in (" + Sql.marks(except.size()) + ")")
                    + only.map(ids -> " and message_id in (" + Sql.marks(ids.size()) + ")")
                            .orElse("");
        }
    }

    /**
     * Returns the handlers that have a due run, claimed or not.
     *
     * @param handlers the names of the handlers, at least one
     */
    static List<String> dueHandlers(Connection connection, List<String> handlers, long now) throws SQLException {
        String places = String.join(", ", Collections.nCopies(handlers.size(), "(?)"));
        List<Object> parameters = new ArrayList<>(handlers);
        parameters.add(now);
        return Sql.of(DUE_HANDLERS.formatted(places), parameters).texts(connection);
    }

    /**
     * Of the handler's runs that the filter allows, claims the one that has been due longest. The claim lasts as long
     * as the transaction.
     *
     * @return the claimed run; empty if none is due, or if another transaction is ending the one that is due
     */
    static Optional<ClaimedRun> claim(
            Connection connection, Dialect dialect, Handlers.Registered<?> handler, long now, Filter filter)
            throws SQLException {
        if (filter.only().filter(Set::isEmpty).isPresent()) {
            return Optional.empty();
        }
        List<Object> parameters = new ArrayList<>(List.of(handler.name(), now));
        parameters.addAll(filter.except());
        filter.only().ifPresent(parameters::addAll);
        String select = CLAIMABLE + filter.condition() + FIRST;
        return Sql.of(dialect.claimingRun(select), parameters)
                .first(
                        connection,
                        row -> row.getBoolean("free")
                                ? Optional.of(new ClaimedRun(handler, run(row), dialect.claimHolder(row), null, null))
                                : Optional.<ClaimedRun>empty())
                .flatMap(claimed -> claimed);
    }

    private static RunRow run(ResultSet row) throws SQLException {
        return new RunRow(
                row.getString("message_id"),
                row.getString("handler"),
                row.getString("entity_id"),
                row.getLong("received_at"),
                row.getLong("next_attempt_at"),
                row.getBoolean("stale"),
                row.getBoolean("stale_too"),
                row.getBoolean("replay"),
                row.getBoolean("clear_payload"),
                row.getInt("attempts"));
    }

    /**
     * Returns whether a message still has its payload, and locks it until the transaction ends. A transaction that
     * clears the payload has to wait for the lock, and then also clears the failure's detail.
     */
    static boolean holdPayload(Connection connection, Dialect dialect, String messageId) throws SQLException {
        return Sql.of(HAS_PAYLOAD + dialect.sharing(), messageId).exists(connection);
    }

    /**
     * Sets when a run is due again. Returns false and changes nothing if another attempt was recorded in the meantime.
     */
    static boolean postpone(Connection connection, RunRow run, long nextAttemptAt) throws SQLException {
        return Sql.of(POSTPONE, nextAttemptAt, run.messageId(), run.handler(), run.attempts())
                        .update(connection)
                == 1;
    }

    /**
     * Records a failed attempt. Returns false and changes nothing if another attempt was recorded in the meantime.
     *
     * @param nextAttemptAt when the run is due again, in milliseconds since 1970; null makes it a dead letter
     */
    static boolean fail(
            Connection connection,
            RunRow run,
            String reason,
            @Nullable String detail,
            long now,
            @Nullable Long nextAttemptAt)
            throws SQLException {
        boolean dead = nextAttemptAt == null;
        return Sql.of(
                                FAIL,
                                run.attempts() + 1,
                                reason,
                                now,
                                now,
                                detail,
                                nextAttemptAt,
                                dead ? (Long) now : null,
                                !dead,
                                run.messageId(),
                                run.handler(),
                                run.attempts())
                        .update(connection)
                == 1;
    }
}
