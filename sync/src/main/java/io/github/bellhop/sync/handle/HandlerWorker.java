package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Lanes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs handlers, each run in a transaction of its own: claim, call, mark. The claim lasts as long as the transaction,
 * so that a worker that dies releases it, and the attempt counts as not made. What a handler wrote is rolled back
 * unless it is done in time.
 *
 * <p>{@link #runOnce()} may be called by several threads and instances at once.
 */
public final class HandlerWorker implements AutoCloseable {
    private final DueHandlers due;
    private final HandlerRunner runner;

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
        due = new DueHandlers(database, handlers, clock);
        runner = new HandlerRunner(
                database, clock, environment, new RunJournal(database, lanes, clock, metrics, environment.logStack()));
        handlers.names()
                .forEach(name -> metrics.gauge(
                        "bellhop.handler.stuck",
                        "Calls of a handler that did not return after their time-out",
                        () -> stuck(name),
                        "handler",
                        name));
    }

    /** Has somebody told of each thread that was given up, since its handler does not return. */
    void whenGivenUp(Consumer<Thread> told) {
        runner.calls().whenGivenUp(told);
    }

    /** How many calls of a handler did not return after their time-out. */
    public int stuck(String handler) {
        return runner.calls().stuck(handler);
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
        for (Optional<Handlers.Registered<?>> next = due.next(); next.isPresent(); next = due.next()) {
            if (runner.runNext(next.get())) {
                return true;
            }
            due.hasNone(next.get());
        }
        return false;
    }

    /** Stops watching the runs; close when none is under way any more. */
    @Override
    public void close() {
        runner.close();
    }
}
