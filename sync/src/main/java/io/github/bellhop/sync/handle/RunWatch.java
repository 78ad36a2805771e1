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
 * One run under watch, from its call until only its commit is left. Either the handler's thread comes back while its
 * connection is whole and notes what became of the run, or the connection is broken and another thread notes the
 * failure: never both. Thread-safe.
 */
final class RunWatch {
    private static final Logger log = LoggerFactory.getLogger(RunWatch.class);

    /** How long a thread that comes back waits for another one that is noting the failure. */
    private static final Duration LONGEST_NOTE = Duration.ofSeconds(10);

    private final Watchdog watchdog;
    private final Duration limit;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch noteOver = new CountDownLatch(1);
    private List<Future<?>> timers = List.of();
    private boolean ended;
    private boolean late;
    private boolean broken;
    private volatile boolean noted;
    private volatile @Nullable String place;

    /** Whether the handler is back, known before the lock is free. */
    private volatile boolean back;

    /**
     * A watch over the calling thread that has not begun.
     *
     * @param limit how long the handler may take
     */
    RunWatch(Watchdog watchdog, Duration limit) {
        this.watchdog = watchdog;
        this.limit = limit;
    }

    /** The handler is about to be called; a run that is late is ended in this way. */
    synchronized void begin(RunEnding ending) {
        Duration endAfter = limit.plus(Watchdog.GRACE);
        timers = List.of(
                watchdog.in(limit, this::interrupt),
                watchdog.in(endAfter, () -> endRun(ending)),
                watchdog.in(endAfter.plus(Watchdog.PATIENCE), () -> breakAnyway(ending)));
    }

    private void interrupt() {
        String found = place(thread);
        synchronized (this) {
            if (!ended) {
                place = found;
                late = true;
                thread.interrupt();
            }
        }
    }

    /** The innermost method that is not the JDK's; null when the thread is in none. */
    private static @Nullable String place(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return type + "." + frame.getMethodName();
            }
        }
        return null;
    }

    private void endRun(RunEnding ending) {
        try {
            noted = ending.end(this);
        } catch (RuntimeException | Error fault) {
            log.warn("{}: the timeout could not be noted ({})", ending, StoreException.brief(fault));
        } finally {
            noteOver.countDown();
        }
    }

    private void breakAnyway(RunEnding ending) {
        try {
            boolean unused = breakConnection(ending, () -> ending.abort(() -> back));
        } catch (SQLException fault) {
            log.warn("{}: the connection could not be broken ({})", ending, StoreException.brief(fault));
        }
    }

    private void giveUp(RunEnding ending) {
        synchronized (this) {
            if (ended) {
                return;
            }
            try {
                ending.giveUp(thread);
            } catch (Error noThread) {
                watchdog.afterGrace(() -> giveUp(ending));
                FaultLog.warn(log, "The thread of a stuck handler could not be replaced; it is tried again", noThread);
                return;
            }
        }
        ending.tellGivenUp(thread, limit);
    }

    /** A way to break a connection. */
    interface Break {
        void run() throws SQLException;
    }

    /**
     * Breaks the connection under the lock: one that the thread has given back must not be broken in another's hands.
     *
     * @return false when the thread is back and the connection whole
     */
    synchronized boolean breakConnection(RunEnding ending, Break way) throws SQLException {
        if (ended || broken) {
            return broken;
        }
        broken = true;
        try {
            way.run();
        } finally {
            watchdog.afterGrace(() -> giveUp(ending));
        }
        return true;
    }

    synchronized boolean isBroken() {
        return broken;
    }

    /** The failure of a run that took too long, and where its thread was when its time was over. */
    RunResult.Failure timeout() {
        String found = place;
        return new RunResult.Failure(
                RunResult.TIMED_OUT,
                "No return within " + limit.toMillis() + " ms" + (found == null ? "" : "; the thread was in " + found),
                null);
    }

    /** Whether another thread has noted that the run failed. */
    boolean isNoted() {
        return noted;
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
            timers.forEach(timer -> timer.cancel(false));
            if (late) {
                boolean unused = Thread.interrupted();
            }
            if (!broken) {
                return !late;
            }
        }
        awaitNote();
        return false;
    }

    private void awaitNote() {
        try {
            boolean unused = noteOver.await(LONGEST_NOTE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
