package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs that take too long: interrupts their thread, and if that does not help breaks their connection, so that
 * nothing of theirs is ever committed. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** How long a handler has to come back after it was interrupted. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Database database;
    private final ScheduledThreadPoolExecutor timers;

    Watchdog(Database database) {
        this.database = database;
        timers = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "bellhop-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
    }

    /**
     * Watches the calling thread from now on.
     *
     * @param onBreak   told before the connection is broken
     * @param onAborted told when the connection was broken and the thread is still not back
     */
    Watch watch(Connection connection, Duration limit, Runnable onBreak, Runnable onAborted) {
        Watch watch = new Watch(connection, onBreak, onAborted);
        watch.first = timers.schedule(watch::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        watch.second = timers.schedule(watch::abort, limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Stops watching. */
    @Override
    public void close() {
        timers.shutdownNow();
    }

    /** One run under watch. */
    final class Watch {
        private final Thread thread = Thread.currentThread();
        private final Connection connection;
        private final Runnable onBreak;
        private final Runnable onAborted;
        private ScheduledFuture<?> first;
        private ScheduledFuture<?> second;
        private boolean ended;
        private boolean late;

        /** Whether the handler is back, known before the lock is free. */
        private volatile boolean back;

        @SuppressWarnings("NullAway.Init") // the timers are set before anybody else sees it
        private Watch(Connection connection, Runnable onBreak, Runnable onAborted) {
            this.connection = connection;
            this.onBreak = onBreak;
            this.onAborted = onAborted;
        }

        private synchronized void interrupt() {
            if (!ended) {
                late = true;
                thread.interrupt();
            }
        }

        private void abort() {
            try {
                if (breakConnection()) {
                    onAborted.run();
                }
            } catch (SQLException | RuntimeException fault) {
                log.warn("A run that took too long could not be ended: {}", StoreException.brief(fault));
            }
        }

        /** Under the lock, so that a connection that is given back meanwhile is not broken in another's hands. */
        private synchronized boolean breakConnection() throws SQLException {
            if (!ended) {
                onBreak.run();
                database.abort(connection, () -> back);
            }
            return !ended;
        }

        /** Whether it took too long already. */
        boolean isLate() {
            back = true;
            synchronized (this) {
                // What still comes before the commit is watched like the handler.
                back = late;
                return late;
            }
        }

        /** The handler is back; tells whether in time. The thread is not interrupted after this. */
        boolean end() {
            back = true;
            synchronized (this) {
                ended = true;
                first.cancel(false);
                second.cancel(false);
                if (late) {
                    boolean unused = Thread.interrupted();
                }
                return !late;
            }
        }
    }
}
