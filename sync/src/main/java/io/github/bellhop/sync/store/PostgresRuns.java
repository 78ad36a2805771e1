package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Runs of handlers on PostgreSQL: appended as arrays, their lanes locked by buckets. */
final class PostgresRuns {
    /** Sets the locks of lanes apart from those of entities. */
    private static final int LOCK_CLASS = PostgresOpening.LOCK_CLASS + 1;

    /** Many, so that who ends a run seldom meets a batch of others; a batch takes as many as it has entities at most. */
    private static final int LOCK_BUCKETS = 16_384;

    private static final String APPEND = "insert into bellhop_handler_runs (" + RunSql.COLUMNS + """
            )
            select message_id, handler, entity_id, received_at, head, next_attempt_at, stale,
                stale_too, replay, clear_payload, 0
            from (select unnest(?::text[]) as message_id, unnest(?::text[]) as handler, unnest(?::text[]) as entity_id,
                unnest(?::int8[]) as received_at, unnest(?::bool[]) as head, unnest(?::int8[]) as next_attempt_at,
                unnest(?::bool[]) as stale, unnest(?::bool[]) as stale_too, unnest(?::bool[]) as replay,
                unnest(?::bool[]) as clear_payload) as v
            on conflict do nothing returning message_id, handler""";

    private static final String LOCK = "select %s(?, bucket) from (select unnest(?::int4[]) as bucket) as wanted";

    private PostgresRuns() {}

    static Set<RunRow.Key> append(Connection connection, List<RunRow> runs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            PostgresArrays.bindTexts(statement, 1, runs, RunRow::messageId);
            PostgresArrays.bindTexts(statement, 2, runs, RunRow::handler);
            PostgresArrays.bindTexts(statement, 3, runs, RunRow::entityId);
            PostgresArrays.bindLongs(statement, 4, runs, RunRow::receivedAt);
            PostgresArrays.bindBooleans(statement, 5, runs, RunRow::head);
            PostgresArrays.bindLongs(statement, 6, runs, RunRow::nextAttemptAt);
            PostgresArrays.bindBooleans(statement, 7, runs, RunRow::stale);
            PostgresArrays.bindBooleans(statement, 8, runs, RunRow::staleToo);
            PostgresArrays.bindBooleans(statement, 9, runs, RunRow::replay);
            PostgresArrays.bindBooleans(statement, 10, runs, RunRow::clearPayload);
            Set<RunRow.Key> added = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    added.add(new RunRow.Key(row.getString(1), row.getString(2)));
                }
            }
            return added;
        }
    }

    static void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive) throws SQLException {
        TreeSet<Integer> buckets = new TreeSet<>();
        entityIds.forEach(id -> buckets.add(Math.floorMod(id.hashCode(), LOCK_BUCKETS)));
        String lock = exclusive ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
        try (PreparedStatement statement = connection.prepareStatement(LOCK.formatted(lock))) {
            statement.setInt(1, LOCK_CLASS);
            PostgresArrays.bindIntegers(statement, 2, List.copyOf(buckets), bucket -> bucket);
            statement.execute();
        }
    }
}
