package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.FaultLog;
import io.github.bellhop.sync.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one attempt from the call until only its commit is left. Either the handler returns in time and its thread
 * records the result, or the connection is aborted and another thread records the failure, never both. Thread-safe.
 */
final class RunWatch {
    private static final Logger log = LoggerFactory.getLogger(RunWatch.class);

    /** How long a returning thread waits for another thread that is recording the failure. */
    private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(10);

    private final Watchdog watchdog;
    private final Duration limit;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch recordFinished = new CountDownLatch(1);
    private List<Future<?>> timers = List.of();
    private boolean ended;
    private boolean late;
    private boolean aborted;
    private volatile boolean recorded;
    private volatile @Nullable String method;

    /** Whether the handler has returned. Set before the lock is acquired. */
    private volatile boolean returned;

    /**
     * Creates a watch over the calling thread; {@link #begin} starts it.
     *
     * @param limit how long the handler may take
     */
    RunWatch(Watchdog watchdog, Duration limit) {
        this.watchdog = watchdog;
        this.limit = limit;
    }

    /** Starts the watch just before the handler is called. The given termination ends the run if it times out. */
    synchronized void begin(RunTermination termination) {
        Duration endAfter = limit.plus(Watchdog.GRACE);
        timers = List.of(
                watchdog.schedule(limit, this::interrupt),
                watchdog.schedule(endAfter, () -> endRun(termination)),
                watchdog.schedule(endAfter.plus(Watchdog.PATIENCE), () -> abortAnyway(termination)));
    }

    private void interrupt() {
        String current = method(thread);
        synchronized (this) {
            if (!ended) {
                method = current;
                late = true;
                thread.interrupt();
            }
        }
    }

    /** Returns the innermost method on the thread's stack that does not belong to the JDK; null if there is none. */
    private static @Nullable String method(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return type + "." + frame.getMethodName();
            }
        }
        return null;
    }

    private void endRun(RunTermination termination) {
        try {
            recorded = termination.end(this);
        } catch (RuntimeException | Error fault) {
            log.warn("{}: the timeout could not be recorded ({})", termination, StoreException.brief(fault));
        } finally {
            recordFinished.countDown();
        }
    }

    private void abortAnyway(RunTermination termination) {
        try {
            boolean unused = abortConnection(termination, () -> termination.abort(() -> returned));
        } catch (SQLException fault) {
            log.warn("{}: the connection could not be aborted ({})", termination, StoreException.brief(fault));
        }
    }

    private void abandon(RunTermination termination) {
        synchronized (this) {
            if (ended) {
                return;
            }
            try {
                termination.abandon(thread);
            } catch (Error error) {
                watchdog.afterGrace(() -> abandon(termination));
                FaultLog.warn(log, "The thread of a stuck handler could not be replaced; retrying", error);
                return;
            }
        }
        termination.logAbandoned(thread, limit);
    }

    /** An action that aborts a connection. */
    interface Abort {
        void run() throws SQLException;
    }

    /**
     * Aborts the connection under the lock. The lock prevents aborting a connection that the thread has already
     * returned to the pool.
     *
     * @return false if the handler returned first and the connection is intact
     */
    synchronized boolean abortConnection(RunTermination termination, Abort abort) throws SQLException {
        if (ended || aborted) {
            return aborted;
        }
        aborted = true;
        try {
            abort.run();
        } finally {
            watchdog.afterGrace(() -> abandon(termination));
        }
        return true;
    }

    synchronized boolean isAborted() {
        return aborted;
    }

    /**
     * Returns the failure of an attempt that timed out, with the method that its thread was executing at that moment.
     */
    RunResult.Failure timeout() {
        String current = method;
        return new RunResult.Failure(
                RunResult.TIMED_OUT,
                "No return within " + limit.toMillis() + " ms"
                        + (current == null ? "" : "; the thread was in " + current),
                null);
    }

    /** Returns whether another thread has recorded that the attempt failed. */
    boolean isRecorded() {
        return recorded;
    }

    /** Returns whether the attempt has already timed out. */
    boolean isLate() {
        returned = true;
        synchronized (this) {
            // The work before the commit is watched too.
            returned = late;
            return late;
        }
    }

    /** Ends the watch and returns whether the attempt was in time. The thread is not interrupted after this. */
    boolean end() {
        returned = true;
        synchronized (this) {
            ended = true;
            timers.forEach(timer -> timer.cancel(false));
            if (late) {
                boolean unused = Thread.interrupted();
            }
            if (!aborted) {
                return !late;
            }
        }
        awaitRecord();
        return false;
    }

    private void awaitRecord() {
        try {
            boolean unused = recordFinished.await(RECORD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
