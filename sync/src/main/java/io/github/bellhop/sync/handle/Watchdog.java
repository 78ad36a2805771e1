package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.FaultLog;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs that time out. It interrupts the run's thread; if that does not help, it aborts the connection, so that
 * nothing of the run is committed. If the handler still does not return, it abandons the thread. Thread-safe.
 *
 * <p>The timer thread never blocks. Tasks that may block on the database or on a lock run on other threads, at most
 * three for each late run.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** How long a handler may take to return after being interrupted, and again after its connection was aborted. */
    static final Duration GRACE = Duration.ofMillis(500);

    /** How long to wait for a connection to record the failure before the run's own connection is aborted anyway. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor executor;

    Watchdog() {
        this(RunEnvironment.daemons(() -> "bellhop-run-ending"));
    }

    /** Creates a watchdog that ends runs on threads from the given factory. */
    Watchdog(ThreadFactory threads) {
        timer = new ScheduledThreadPoolExecutor(
                1, RunEnvironment.daemons(() -> "bellhop-watchdog"), new DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        executor = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads,
                new DiscardPolicy());
    }

    /** Runs a task after the time that a thread has to notice that its connection was aborted. */
    void afterGrace(Runnable task) {
        Future<?> unused = schedule(GRACE, task);
    }

    /** Runs a task after a delay, on a thread other than the timer's. */
    Future<?> schedule(Duration delay, Runnable task) {
        return timer.schedule(() -> hand(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Hands a task to another thread. If no thread can be created, retries later, so that every late run is ended. */
    private void hand(Runnable task) {
        try {
            executor.execute(task);
        } catch (Error error) {
            afterGrace(task);
            FaultLog.warn(log, "A late run could not be ended; retrying", error);
        }
    }

    /** Stops the timer. Tasks that have already begun still finish. */
    @Override
    public void close() {
        timer.shutdownNow();
        executor.shutdown();
    }
}
