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
 * Has runs ended that take too long: interrupts their thread; if that does not help has their connection broken, so that
 * nothing of theirs is ever committed; and if the thread is still not back gives it up. Thread-safe.
 *
 * <p>The timer never waits. Whatever may wait, for the database or for a lock, is done on other threads: at most three
 * for each run that is late.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** How long a handler has to come back, after it was interrupted and after its connection was broken. */
    static final Duration GRACE = Duration.ofMillis(500);

    /** How long a connection for the note is waited for; then the run's own is broken without it. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor endings;

    Watchdog() {
        this(RunEnvironment.daemons(() -> "bellhop-run-ending"));
    }

    /** A watchdog whose runs are ended on threads of this factory. */
    Watchdog(ThreadFactory enders) {
        timer = new ScheduledThreadPoolExecutor(
                1, RunEnvironment.daemons(() -> "bellhop-watchdog"), new DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        endings = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                enders,
                new DiscardPolicy());
    }

    /** Does something once a thread has had the time to find that its connection is broken. */
    void afterGrace(Runnable task) {
        Future<?> unused = in(GRACE, task);
    }

    Future<?> in(Duration delay, Runnable task) {
        return timer.schedule(() -> hand(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where no thread can be made, tries again: a run that is late must not stay so. */
    private void hand(Runnable task) {
        try {
            endings.execute(task);
        } catch (Error noThread) {
            afterGrace(task);
            FaultLog.warn(log, "A run that is late could not be ended; it is tried again", noThread);
        }
    }

    /** Stops watching; what is being noted is noted. */
    @Override
    public void close() {
        timer.shutdownNow();
        endings.shutdown();
    }
}
