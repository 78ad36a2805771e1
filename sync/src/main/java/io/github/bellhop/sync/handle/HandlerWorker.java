package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.SyncMetrics;
import io.github.bellhop.sync.lane.Lanes;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.time.InstantSource;

/**
 * Runs handlers, each run in a transaction of its own: claim, call, mark. The claim lasts as long as the transaction,
 * so that a worker that dies releases it, and the attempt counts as not made. What a handler wrote is rolled back
 * unless it is done in time.
 *
 * <p>{@link #runOnce()} may be called by several threads and instances at once.
 */
public final class HandlerWorker implements AutoCloseable {
    private final Database database;
    private final InstantSource clock;
    private final RunJournal journal;
    private final Watchdog watchdog;
    private final RunEnvironment environment;
    private final DueHandlers due;

    /** A worker for these handlers on this database. */
    public HandlerWorker(Database database, Handlers handlers, Lanes lanes, InstantSource clock, SyncMetrics metrics) {
        this(database, handlers, lanes, clock, metrics, RunEnvironment.of(database));
    }

    /** The same in other surroundings, whose transactions must be of the same database. */
    public HandlerWorker(
            Database database,
            Handlers handlers,
            Lanes lanes,
            InstantSource clock,
            SyncMetrics metrics,
            RunEnvironment environment) {
        this.database = database;
        this.clock = clock;
        journal = new RunJournal(database, lanes, clock, metrics);
        watchdog = new Watchdog(database);
        this.environment = environment;
        due = new DueHandlers(database, handlers, clock);
    }

    /**
     * Claims one run that is due and runs it; of several handlers each has its turn.
     *
     * @return whether there was one
     * @throws StoreException when the store is down; the run is due still
     */
    public boolean runOnce() {
        if (runKnown()) {
            return true;
        }
        due.look();
        return runKnown();
    }

    private boolean runKnown() {
        RegisteredHandler<?> handler = due.next();
        while (handler != null) {
            if (runNext(handler)) {
                return true;
            }
            due.hasNone(handler);
            handler = due.next();
        }
        return false;
    }

    private boolean runNext(RegisteredHandler<?> handler) {
        RunSteps steps =
                new RunSteps(handler, database.dialect(), clock, journal, watchdog, environment.observations());
        String outcome = RunJournal.FAILED;
        try {
            outcome = runNext(handler, steps);
        } finally {
            steps.end(outcome);
        }
        return steps.run() != null;
    }

    private String runNext(RegisteredHandler<?> handler, RunSteps steps) {
        try {
            environment.transactions().run(steps.limit(), steps);
        } catch (RuntimeException | Error fault) {
            steps.lost(fault);
            if (steps.run() == null) {
                throw fault;
            }
            // The transaction is gone, and with it the claim: the failure is noted unless another has it by now.
            String found = steps.result() == null ? null : steps.result().reason();
            String reason = found == null ? StoreException.brief(fault) : found;
            journal.writeFailure(handler, steps.run(), reason);
            return RunJournal.metric(reason);
        }
        if (steps.run() == null || steps.result() == null) {
            return "none";
        }
        journal.tell(steps.run(), steps.result());
        return steps.result().metric();
    }

    /** Stops watching the runs; close when none is under way any more. */
    @Override
    public void close() {
        watchdog.close();
    }
}
