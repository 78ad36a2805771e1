package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.SyncMetrics;
import io.github.bellhop.sync.inbox.StoredRun;
import io.github.bellhop.sync.lane.Lanes;
import io.github.bellhop.sync.mirror.StorableText;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.RunSql;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what became of runs: in the tables, in the metrics, in the log. Thread-safe. */
final class RunJournal {
    static final String TIMED_OUT = "timed-out";
    static final String FAILED = "failed";

    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);
    private static final int LONGEST_REASON = 200;

    private final Database database;
    private final Lanes lanes;
    private final InstantSource clock;
    private final SyncMetrics metrics;
    private final RandomGenerator random = RandomGenerator.getDefault();

    RunJournal(Database database, Lanes lanes, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.lanes = lanes;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** What an answer of the handler means; without an outcome it failed, and when late, whatever it returned. */
    RunResult resultOf(
            RegisteredHandler<?> handler,
            StoredRun run,
            @Nullable HandlerOutcome outcome,
            @Nullable Throwable fault,
            boolean late) {
        if (late) {
            return failure(handler, run, TIMED_OUT);
        }
        if (outcome == null) {
            return failure(handler, run, brief(fault));
        }
        return outcome.fold(
                () -> RunResult.DONE,
                at -> RunResult.later(Math.max(at.toEpochMilli(), clock.millis() + 1)),
                reason -> RunResult.dead(storable(reason)));
    }

    RunResult failure(RegisteredHandler<?> handler, StoredRun run, String reason) {
        Duration delay = handler.options().retry().delayAfter(run.attempts() + 1, random);
        if (delay == null) {
            return RunResult.dead(reason);
        }
        return new RunResult(
                RunResult.Kind.FAILED, metric(reason), reason, clock.millis() + Math.max(1, delay.toMillis()));
    }

    /** A failure as metrics name it. */
    static String metric(String reason) {
        return reason.equals(TIMED_OUT) ? TIMED_OUT : FAILED;
    }

    /** The fault's class, and the database's code: what it says may quote the payload. */
    private String brief(@Nullable Throwable fault) {
        return StoreException.brief(
                fault instanceof SQLException sql ? database.dialect().classify(sql) : fault);
    }

    private static String storable(String reason) {
        String clean = StorableText.of(reason);
        return clean.length() <= LONGEST_REASON ? clean : StorableText.of(clean.substring(0, LONGEST_REASON));
    }

    /**
     * Writes a result in the caller's transaction.
     *
     * @return false when somebody else has noted something meanwhile
     */
    boolean write(Connection connection, StoredRun run, RunResult result) throws SQLException {
        return switch (result.kind()) {
            case DONE -> {
                lanes.finish(connection, run);
                yield true;
            }
            case LATER -> RunSql.noteRetry(connection, run, run.attempts(), null, result.nextAt());
            case FAILED -> RunSql.noteRetry(connection, run, run.attempts() + 1, result.reason(), result.nextAt());
            case DEAD ->
                lanes.bury(
                        connection,
                        run,
                        run.attempts() + 1,
                        result.reason() == null ? "unknown" : result.reason(),
                        clock.millis());
        };
    }

    /** Notes a failure in a transaction of its own, after the run's is gone, unless somebody else has. */
    void writeFailure(RegisteredHandler<?> handler, StoredRun run, String reason) {
        RunResult result = failure(handler, run, reason);
        if (database.inTransaction(connection -> write(connection, run, result))) {
            tell(run, result);
        }
    }

    /** Counts and logs a result that is committed. */
    void tell(StoredRun run, RunResult result) {
        metrics.countRun(run.handler(), result.metric());
        int attempt = run.attempts() + 1;
        switch (result.kind()) {
            case DONE, LATER ->
                log.debug("Handler {}, message {}: {}", run.handler(), run.messageId(), result.metric());
            case FAILED ->
                log.warn(
                        "Handler {} failed on message {} at attempt {} ({}); it is called again later",
                        run.handler(),
                        run.messageId(),
                        attempt,
                        result.reason());
            case DEAD ->
                log.error(
                        "Message {} is a dead letter of handler {} after attempt {}: {}",
                        run.messageId(),
                        run.handler(),
                        attempt,
                        result.reason());
        }
    }
}
