package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The statements for listing handlers and their runs. They are the same in all dialects.
 *
 * @hidden
 */
public final class HandlerSql {
    private static final String REGISTER = """
            insert into bellhop_handlers (name, seen_at) values (?, ?)
            on conflict (name) do update set seen_at = excluded.seen_at""";

    private static final String REGISTERED = "select name from bellhop_handlers order by name";
    private static final String OF_RUNS = "select distinct handler from bellhop_handler_runs order by handler";

    private static final String RUNS = """
            select message_id, handler, attempts, reason, detail, first_failed_at, last_failed_at, next_attempt_at,
                died_at, head
            from bellhop_handler_runs where message_id in (%s) order by message_id, handler""";

    private static final String OPEN = """
            select count(*) as waiting, sum(case when attempts > 0 then 1 else 0 end) as failing,
                min(received_at) as oldest
            from bellhop_handler_runs where died_at is null""";

    private HandlerSql() {}

    /** Records that an app that is starting has registered these handlers. */
    public static void register(Connection connection, Collection<String> names, long now) throws SQLException {
        // The order is fixed, so that two apps that start at the same time cannot deadlock.
        Sql.updateEach(connection, REGISTER, new TreeSet<>(names), name -> List.of(name, now));
    }

    /** Returns the names of the handlers that an app has registered. */
    public static List<String> registered(Connection connection) throws SQLException {
        return Sql.of(REGISTERED).texts(connection);
    }

    /** Returns the names of the handlers that have runs, even if no app has registered them. */
    public static List<String> namesOfRuns(Connection connection) throws SQLException {
        return Sql.of(OF_RUNS).texts(connection);
    }

    /** Returns the runs of these messages that are not done, ordered by message and handler. */
    public static List<RunRecord> runs(Connection connection, Collection<String> messageIds) throws SQLException {
        return Sql.listIn(connection, RUNS, messageIds, HandlerSql::run);
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("message_id"),
                row.getString("handler"),
                row.getInt("attempts"),
                row.getString("reason"),
                row.getString("detail"),
                Sql.time(row, "first_failed_at"),
                Sql.time(row, "last_failed_at"),
                Sql.time(row, "next_attempt_at"),
                Sql.time(row, "died_at"),
                row.getBoolean("head"));
    }

    /**
     * Statistics about the runs that are neither done nor dead letters.
     *
     * @param waiting the number of runs
     * @param failing the number of these runs that have failed at least once
     * @param oldest  when the message of the oldest run was received; null if there are no runs
     */
    public record Open(long waiting, long failing, @Nullable Instant oldest) {}

    /** Counts the runs that are neither done nor dead letters. */
    public static Open open(Connection connection) throws SQLException {
        return Sql.of(OPEN)
                .first(
                        connection,
                        row -> new Open(row.getLong("waiting"), row.getLong("failing"), Sql.time(row, "oldest")))
                .orElseThrow();
    }

    /** Counts the runs that are dead letters. */
    public static long countDead(Connection connection) throws SQLException {
        return Sql.of("select count(*) from bellhop_handler_runs where died_at is not null")
                .count(connection);
    }
}
