package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The part of the PostgreSQL dialect that appends and claims handler runs and locks their lanes. */
interface PostgresRuns extends Dialect {
    /** The class of lane locks, which distinguishes them from entity locks. */
    int LOCK_CLASS = PostgresBatchStart.LOCK_CLASS + 1;

    /**
     * The number of lock buckets. It is large so that a transaction that ends a run rarely waits for a batch. A batch
     * takes at most one bucket for each of its entities.
     */
    int LOCK_BUCKETS = 16_384;

    String APPEND_RUNS = PostgresArrays.insert("bellhop_handler_runs", InboxSql.RUN_FIELDS)
            + " on conflict do nothing returning message_id, handler";

    String LOCK_TO_ADD =
            "select pg_advisory_xact_lock_shared(?, bucket) from (select unnest(?::int4[]) as bucket) as wanted";

    /**
     * Also resets the limits: a transaction that ends a run may have had a limit of an hour, but must not wait that
     * long for a lock.
     */
    String LOCK_TO_END = """
            select set_config('lock_timeout', '3000', true), set_config('statement_timeout', '8000', true),
                pg_advisory_xact_lock(?, bucket)
            from (select unnest(?::int4[]) as bucket) as wanted""";

    /** The class of the locks on runs that are being ended, which distinguishes them from lane locks. */
    int ENDING_CLASS = LOCK_CLASS + 1;

    /**
     * Tries the run's lock after the row is locked, and releases it at once, so that a later transaction can take it to
     * end the run.
     */
    String CLAIM = """
            select claimed.*, pg_backend_pid() as process, now() as began,
                case when pg_try_advisory_lock_shared(%1$d, hashtext(message_id || ' ' || handler))
                    then pg_advisory_unlock_shared(%1$d, hashtext(message_id || ' ' || handler))
                    else false end as free
            from (%2$s for update skip locked) as claimed""";

    String HOLD = "select pg_advisory_xact_lock(?, hashtext(? || ' ' || ?))";

    String END = "select pg_terminate_backend(pid) from pg_stat_activity where pid = ? and xact_start = ?";

    @Override
    default String claimingRun(String select) {
        return CLAIM.formatted(ENDING_CLASS, select);
    }

    @Override
    default ClaimHolder claimHolder(ResultSet row) throws SQLException {
        return new ClaimHolder(row.getInt("process"), row.getObject("began", OffsetDateTime.class));
    }

    @Override
    default void holdRun(Connection connection, RunRow run) throws SQLException {
        Sql.of(HOLD, ENDING_CLASS, run.messageId(), run.handler()).run(connection);
    }

    @Override
    default void endHolder(Connection connection, ClaimHolder holder) throws SQLException {
        Sql.of(END, holder.process(), holder.began()).run(connection);
    }

    @Override
    default Set<RunRow.Key> appendRuns(Connection connection, Collection<RunRow> runs, boolean heads)
            throws SQLException {
        Sql append = Sql.of(
                APPEND_RUNS,
                PostgresArrays.columns(
                        InboxSql.RUN_FIELDS,
                        runs.stream().map(run -> InboxSql.values(run, heads)).toList()));
        return new HashSet<>(append.list(connection, row -> new RunRow.Key(row.getString(1), row.getString(2))));
    }

    @Override
    default void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive) throws SQLException {
        TreeSet<Integer> buckets = new TreeSet<>();
        entityIds.forEach(id -> buckets.add(Math.floorMod(id.hashCode(), LOCK_BUCKETS)));
        Sql lock = Sql.of(
                exclusive ? LOCK_TO_END : LOCK_TO_ADD,
                LOCK_CLASS,
                PostgresArrays.integers(List.copyOf(buckets), bucket -> bucket));
        lock.run(connection);
    }
}
