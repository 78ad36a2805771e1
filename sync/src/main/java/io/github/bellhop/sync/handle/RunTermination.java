package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.handle.RunResult.Failure;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect.ClaimHolder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one run from another thread when the run's own thread does not respond: aborts the connection, records the
 * failure, and abandons the thread. The run cannot be claimed between the abort and the recording: in this process, its
 * call is still active; in other processes, the recording transaction's lock prevents it. Thread-safe.
 *
 * @param database the database of the connection
 * @param journal  records the failure
 * @param calls    the calls that have not returned
 * @param run      the run
 * @param attempt  the current attempt
 */
record RunTermination(Database database, RunJournal journal, ActiveCalls calls, ClaimedRun run, Attempt attempt) {
    private static final Logger log = LoggerFactory.getLogger(RunTermination.class);
    private static final int STACK_LINES = 20;

    /**
     * Aborts the connection and records the failure, unless the handler has returned.
     *
     * @return whether the failure is recorded
     */
    boolean end(RunWatch watch) {
        calls.ending(run.run());
        try {
            Failure failure = watch.timeout();
            if (run.holder() != null && endUnderLock(watch, run.holder(), failure)) {
                return true;
            }
            if (!abortWithoutLock(watch)) {
                return false;
            }
            journal.writeFailure(run, failure);
            return true;
        } finally {
            calls.recorded(run.run());
        }
    }

    /** In one transaction: locks the run, ends the transaction that has claimed it, and records the failure. */
    private boolean endUnderLock(RunWatch watch, ClaimHolder claimed, Failure failure) {
        try {
            Optional<RunResult> result = database.inTransaction(connection -> {
                database.dialect().holdRun(connection, run.run());
                boolean aborted = watch.abortConnection(this, () -> {
                    database.dialect().endHolder(connection, claimed);
                    abort(() -> true);
                });
                RunResult failed = journal.failed(run, failure);
                return aborted && journal.write(connection, run, failed) ? Optional.of(failed) : Optional.empty();
            });
            result.ifPresent(failed -> journal.report(run, failed));
            return watch.isAborted();
        } catch (RuntimeException fault) {
            log.debug("{}: the run could not be ended under a lock; aborting its connection", this, fault);
            return false;
        }
    }

    private boolean abortWithoutLock(RunWatch watch) {
        try {
            return watch.abortConnection(this, () -> abort(() -> false));
        } catch (SQLException fault) {
            throw database.dialect().classify(fault);
        }
    }

    /** Aborts the thread's connection. */
    void abort(BooleanSupplier hasReturned) throws SQLException {
        attempt.abort(database, hasReturned);
    }

    /** Abandons the thread, so that another one replaces it. */
    void abandon(Thread thread) {
        calls.abandon(run.run(), thread);
    }

    /** Logs that the thread was abandoned, with its stack trace. */
    void logAbandoned(Thread thread, Duration limit) {
        String handler = run.run().handler();
        int stuck = calls.stuck(handler);
        String lines = Stream.of(thread.getStackTrace())
                .limit(STACK_LINES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        log.error(
                "{}: the handler ignored its timeout of {} ms. Its thread was abandoned and replaced by another one."
                        + " Stuck calls of this handler: {}. Set a timeout on the operation it waits for."
                        + " The thread is at:{}",
                run,
                limit.toMillis(),
                stuck,
                lines);
        if (stuck == ActiveCalls.MAX_STUCK) {
            log.error(
                    "Handler {}: {} calls are stuck. This process starts no further runs of this handler until one"
                            + " returns; restart the app to end them.",
                    handler,
                    stuck);
        }
    }

    @Override
    public String toString() {
        return run.toString();
    }
}
