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
 * Ends one run from outside, while its thread does not listen: takes its connection away, notes the failure, and gives
 * the thread up. Nobody can claim the run from before its connection is broken until the failure is noted: in this
 * process since its call is under way, in others since the note's transaction holds it. Thread-safe.
 *
 * @param database whose connection it breaks
 * @param journal  notes the failure
 * @param calls    the calls that have not returned
 * @param run      the run
 * @param attempt  the run as its handler sees it
 */
record RunEnding(Database database, RunJournal journal, CallsUnderWay calls, ClaimedRun run, Attempt attempt) {
    private static final Logger log = LoggerFactory.getLogger(RunEnding.class);
    private static final int STACK_LINES = 20;

    /**
     * Breaks the connection and notes the failure, unless the thread is back.
     *
     * @return whether the failure is noted
     */
    boolean end(RunWatch watch) {
        calls.ending(run.run());
        try {
            Failure failure = watch.timeout();
            if (run.holder() != null && endUnderHold(watch, run.holder(), failure)) {
                return true;
            }
            if (!breakAlone(watch)) {
                return false;
            }
            journal.writeFailure(run, failure);
            return true;
        } finally {
            calls.noted(run.run());
        }
    }

    /** One transaction holds the run, ends the one that has claimed it, and notes the failure. */
    private boolean endUnderHold(RunWatch watch, ClaimHolder claimed, Failure failure) {
        try {
            Optional<RunResult> result = database.inTransaction(own -> {
                database.dialect().holdRun(own, run.run());
                boolean broken = watch.breakConnection(this, () -> {
                    database.dialect().endHolder(own, claimed);
                    abort(() -> true);
                });
                RunResult found = journal.failed(run, failure);
                return broken && journal.write(own, run, found) ? Optional.of(found) : Optional.empty();
            });
            result.ifPresent(found -> journal.tell(run, found));
            return watch.isBroken();
        } catch (RuntimeException fault) {
            log.debug("{}: ended without a hold", this, fault);
            return false;
        }
    }

    private boolean breakAlone(RunWatch watch) {
        try {
            return watch.breakConnection(this, () -> abort(() -> false));
        } catch (SQLException fault) {
            throw database.dialect().classify(fault);
        }
    }

    /** Takes the connection away from the thread. */
    void abort(BooleanSupplier isBack) throws SQLException {
        attempt.abort(database, isBack);
    }

    /** The thread does not come back: another one takes its place. */
    void giveUp(Thread thread) {
        calls.giveUp(run.run(), thread);
    }

    /** Logs that the thread was given up, and where it is. */
    void tellGivenUp(Thread thread, Duration limit) {
        String handler = run.run().handler();
        int stuck = calls.stuck(handler);
        String lines = Stream.of(thread.getStackTrace())
                .limit(STACK_LINES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        log.error(
                "{}: the handler ignored its timeout of {} ms. Its thread is given up and another one takes its place."
                        + " Calls of this handler that are stuck: {}. Give what it waits for a timeout. The thread is"
                        + " at:{}",
                run,
                limit.toMillis(),
                stuck,
                lines);
        if (stuck == CallsUnderWay.MAX_STUCK) {
            log.error(
                    "Handler {}: {} calls are stuck. No further run of it starts in this process until one returns;"
                            + " restart the app to end them.",
                    handler,
                    stuck);
        }
    }

    @Override
    public String toString() {
        return run.toString();
    }
}
