package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The environment in which runs are executed.
 *
 * @param atOnce       the maximum number of concurrent runs; on SQLite, only one, since nothing else can be written
 *                     meanwhile
 * @param transactions begins and ends the runs' transactions
 * @param threads      creates the threads; they must not keep the JVM alive
 * @param observations receives a {@code bellhop.handler} observation for each attempt, from the call until the end of
 *                     the transaction
 * @param logStack     whether a handler's exception is logged with its stack trace and stored with its message; if
 *                     false, only its class is logged and stored
 */
public record RunEnvironment(
        int atOnce,
        RunTransactions transactions,
        ThreadFactory threads,
        ObservationRegistry observations,
        boolean logStack) {
    /**
     * Validates the number of concurrent runs.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RunEnvironment {
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce must be at least 1.");
        }
    }

    /** Creates an environment that logs stack traces. */
    public RunEnvironment(
            int atOnce, RunTransactions transactions, ThreadFactory threads, ObservationRegistry observations) {
        this(atOnce, transactions, threads, observations, true);
    }

    /**
     * Returns the default environment: the database's own concurrency and transactions, daemon threads, no
     * observations.
     */
    public static RunEnvironment of(Database database) {
        return new RunEnvironment(
                database.dialect().runsAtOnce(), RunTransactions.of(database), daemons(), ObservationRegistry.NOOP);
    }

    /** Returns this environment with another observation registry. */
    public RunEnvironment withObservations(ObservationRegistry changed) {
        return new RunEnvironment(atOnce, transactions, threads, changed, logStack);
    }

    /** Returns a factory for named daemon platform threads. */
    public static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return daemons(() -> "bellhop-handlers-" + number.incrementAndGet());
    }

    static ThreadFactory daemons(Supplier<String> names) {
        return task -> {
            Thread thread = new Thread(task, names.get());
            thread.setDaemon(true);
            return thread;
        };
    }
}
