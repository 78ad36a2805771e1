package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Lanes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs handlers. Each attempt has its own transaction, which claims the run, calls the handler and marks the run as
 * done. The claim lasts as long as the transaction, so if a worker dies, the claim is released and the attempt does not
 * count. The handler's writes are rolled back unless the handler succeeds in time.
 *
 * <p>Several threads and instances may call {@link #runOnce()} at once.
 */
public final class HandlerWorker implements AutoCloseable {
    private final DueHandlers due;
    private final HandlerRunner runner;

    /** Creates a worker for these handlers on this database. */
    public HandlerWorker(Database database, Handlers handlers, Lanes lanes, InstantSource clock, SyncMetrics metrics) {
        this(database, handlers, lanes, clock, metrics, RunEnvironment.of(database));
    }

    /** Creates a worker with the given environment, whose transactions must belong to the same database. */
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
                        "Calls of a handler that have not returned after their timeout",
                        () -> stuck(name),
                        "handler",
                        name));
    }

    /** Sets the callback for threads that were abandoned because their handlers did not return. */
    void onAbandoned(Consumer<Thread> listener) {
        runner.calls().onAbandoned(listener);
    }

    /** Returns the number of a handler's calls that have not returned after their timeout. */
    public int stuck(String handler) {
        return runner.calls().stuck(handler);
    }

    /**
     * Claims and executes one due run. Handlers with due runs take turns.
     *
     * @return whether a run was executed
     * @throws StoreException if the store is down; the run stays due
     */
    public boolean runOnce() {
        if (runKnown()) {
            return true;
        }
        due.refresh();
        return runKnown();
    }

    private boolean runKnown() {
        for (Optional<Handlers.Registered<?>> next = due.next(); next.isPresent(); next = due.next()) {
            if (runner.runNext(next.get())) {
                return true;
            }
            due.remove(next.get());
        }
        return false;
    }

    /** Stops the watchdog. Call this only when no run is active. */
    @Override
    public void close() {
        runner.close();
    }
}
