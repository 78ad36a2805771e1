package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.handle.RunResult.Failure;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.StorableText;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Lanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Records the results of attempts in the tables, the metrics and the log. Thread-safe. */
final class RunJournal {
    private static final int MAX_REASON = 200;

    private final Database database;
    private final Lanes lanes;
    private final InstantSource clock;
    private final SyncMetrics metrics;
    private final RunLog log;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /**
     * Creates a journal.
     *
     * @param showsFaults whether the log and the tables show more of an exception than its class
     */
    RunJournal(Database database, Lanes lanes, InstantSource clock, SyncMetrics metrics, boolean showsFaults) {
        this.database = database;
        this.lanes = lanes;
        this.clock = clock;
        this.metrics = metrics;
        log = new RunLog(clock, showsFaults);
    }

    /** Converts a handler's outcome to a result. */
    RunResult resultOf(HandlerOutcome outcome) {
        return outcome.fold(
                () -> new RunResult.Done("done"),
                at -> new RunResult.Later(Instant.ofEpochMilli(Math.max(at.toEpochMilli(), clock.millis() + 1))),
                reason -> RunResult.dead(storable(reason)));
    }

    /** Returns the result of a failed attempt: the run is retried later, or becomes a dead letter. */
    RunResult failed(ClaimedRun run, Failure failure) {
        Optional<Duration> delay =
                Optional.ofNullable(run.handler().options().retry().delayAfter(run.attempt(), random));
        return new RunResult.Failed(
                failure, delay.map(time -> Instant.ofEpochMilli(clock.millis() + Math.max(1, time.toMillis()))));
    }

    /**
     * Converts an exception to a failure: its class, the database's code, and its message without data quoted by a
     * database.
     */
    Failure failure(Throwable fault) {
        Throwable named = fault instanceof SQLException sql ? database.dialect().classify(sql) : fault;
        return new Failure(StoreException.brief(named), log.detail(fault), fault);
    }

    private static String storable(String reason) {
        String clean = StorableText.of(reason);
        return clean.length() <= MAX_REASON ? clean : StorableText.of(clean.substring(0, MAX_REASON));
    }

    /**
     * Writes a result in the caller's transaction.
     *
     * @return false if another thread or process has recorded an attempt in the meantime
     */
    boolean write(Connection connection, ClaimedRun run, RunResult result) throws SQLException {
        return result.fold(
                done -> {
                    lanes.finish(connection, run.run());
                    return true;
                },
                later -> RunSql.postpone(connection, run.run(), later.at().toEpochMilli()),
                failed -> writeFailed(connection, run.run(), failed));
    }

    private boolean writeFailed(Connection connection, RunRow run, RunResult.Failed failed) throws SQLException {
        String reason = failed.why().reason();
        String message = failed.why().detail();
        // The exception's message is kept no longer than the payload.
        boolean kept = message != null && RunSql.holdPayload(connection, database.dialect(), run.messageId());
        String detail = kept ? message : null;
        long now = clock.millis();
        return failed.retryAt().isPresent()
                ? RunSql.fail(
                        connection,
                        run,
                        reason,
                        detail,
                        now,
                        failed.retryAt().get().toEpochMilli())
                : lanes.markDead(connection, run, update -> RunSql.fail(update, run, reason, detail, now, null));
    }

    /**
     * Records a failure in a new transaction after the run's own transaction was lost, unless another thread or process
     * has recorded it.
     */
    void writeFailure(ClaimedRun run, Failure failure) {
        RunResult result = failed(run, failure);
        if (database.inTransaction(connection -> write(connection, run, result))) {
            report(run, result);
        }
    }

    /** Counts and logs a committed result. */
    void report(ClaimedRun run, RunResult result) {
        metrics.countRun(run.run().handler(), result.metric());
        log.report(run, result);
    }
}
