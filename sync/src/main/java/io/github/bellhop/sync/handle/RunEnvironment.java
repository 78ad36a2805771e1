package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What runs are surrounded by.
 *
 * @param atOnce       how many may be under way at once; on SQLite one, since nothing else is written meanwhile
 * @param transactions begins and ends their transactions
 * @param threads      makes the threads that they are on, which must not keep the process from ending
 * @param observations whom each is shown to, as {@code bellhop.handler}, from its call until its transaction is over
 * @param logStack     whether the log shows what a handler threw with its stack trace, and the tables keep its message;
 *                     else both name its class alone
 */
public record RunEnvironment(
        int atOnce,
        RunTransactions transactions,
        ThreadFactory threads,
        ObservationRegistry observations,
        boolean logStack) {
    /** Refuses to run nothing. */
    public RunEnvironment {
        if (atOnce < 1) {
            throw new IllegalArgumentException("At least one run must be possible at once.");
        }
    }

    /** The same, with what handlers throw shown in the log. */
    public RunEnvironment(
            int atOnce, RunTransactions transactions, ThreadFactory threads, ObservationRegistry observations) {
        this(atOnce, transactions, threads, observations, true);
    }

    /** As many as the database is for, in its own transactions, on daemon threads, shown to nobody. */
    public static RunEnvironment of(Database database) {
        return new RunEnvironment(
                database.dialect().runsAtOnce(), RunTransactions.of(database), daemons(), ObservationRegistry.NOOP);
    }

    /** The same, shown to another registry. */
    public RunEnvironment withObservations(ObservationRegistry changed) {
        return new RunEnvironment(atOnce, transactions, threads, changed, logStack);
    }

    /** Makes daemon threads of the platform, with names that tell what they are for. */
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
