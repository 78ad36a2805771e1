package io.github.bellhop.sync.mend;

import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a worker again and again: at intervals, and at once when woken.
 *
 * @hidden
 */
public final class WorkerThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerThread.class);

    private final Worker worker;
    private final Backlog backlog;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /** A thread that is not yet running; see {@link #start()}. */
    public WorkerThread(Worker worker, Backlog backlog, Duration interval) {
        this.worker = worker;
        this.backlog = backlog;
        this.interval = interval;
        thread = new Thread(this::run, "bellhop-worker");
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Has the worker look now. */
    public void wake() {
        wakeUps.release();
    }

    private void run() {
        while (!closing) {
            try {
                boolean woken = wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("Looking for messages that are due (woken: {})", woken);
                wakeUps.drainPermits();
                int attempts = worker.runOnce();
                log.trace("Made {} attempts", attempts);
                backlog.refresh();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error fault) {
                log.warn("The worker pauses: {}", StoreException.brief(fault));
            }
        }
    }

    /** Ends the thread after the message it is at; waits at most 10 seconds. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(10_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
