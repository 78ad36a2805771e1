package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What runs are surrounded by.
 *
 * @param transactions begins and ends their transactions
 * @param threads      makes the threads that they are on
 */
public record RunEnvironment(RunTransactions transactions, ThreadFactory threads) {
    /** The database's own transactions, on daemon threads. */
    public static RunEnvironment of(Database database) {
        return new RunEnvironment(RunTransactions.of(database), daemons());
    }

    /** Makes daemon threads of the platform, with names that tell what they are for. */
    public static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "bellhop-handlers-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
