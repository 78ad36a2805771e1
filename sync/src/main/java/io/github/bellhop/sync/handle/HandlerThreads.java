package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.FaultLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the worker repeatedly on several threads, at intervals and immediately when woken. A thread whose handler does
 * not return is replaced.
 *
 * @hidden
 */
public final class HandlerThreads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HandlerThreads.class);
    private static final long CLOSE_WAIT_MILLIS = 10_000;

    private final HandlerWorker worker;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final ThreadFactory factory;
    private final int count;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /**
     * Creates the pool; {@link #start()} starts its threads.
     *
     * @param count   the maximum number of concurrent runs
     * @param factory creates the threads; they must not keep the JVM alive
     */
    public HandlerThreads(HandlerWorker worker, int count, Duration interval, ThreadFactory factory) {
        this.worker = worker;
        this.interval = interval;
        this.count = count;
        this.factory = factory;
        worker.onAbandoned(this::replace);
    }

    /** Starts the threads. */
    public void start() {
        for (int i = 0; i < count; i++) {
            startOne();
        }
    }

    private void startOne() {
        Thread thread = factory.newThread(this::run);
        threads.add(thread);
        try {
            thread.start();
        } catch (Error error) {
            threads.remove(thread);
            throw error;
        }
    }

    /**
     * Replaces a stuck thread, which ends when its handler returns. If no thread can be created, the stuck one stays.
     */
    private void replace(Thread stuck) {
        if (threads.contains(stuck) && !closing) {
            startOne();
        }
        threads.remove(stuck);
    }

    private boolean isActive() {
        return !closing && threads.contains(Thread.currentThread());
    }

    /** Makes the threads look for due runs now. */
    public void wake() {
        int missing = count - wakeUps.availablePermits();
        if (missing > 0) {
            wakeUps.release(missing);
        }
    }

    private void run() {
        while (isActive()) {
            try {
                boolean woken = wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("Looking for due runs (woken: {})", woken);
                while (isActive() && worker.runOnce()) {
                    log.trace("Ran a handler");
                }
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException | Error fault) {
                FaultLog.advise(log, "A handler thread failed and will continue", fault);
            }
        }
    }

    /** Stops claiming runs, waits up to 10 seconds for the active ones, then interrupts them. */
    @Override
    public void close() {
        closing = true;
        wake();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_WAIT_MILLIS);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
        worker.close();
    }
}
