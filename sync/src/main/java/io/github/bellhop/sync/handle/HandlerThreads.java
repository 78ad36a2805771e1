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
 * Runs a worker on a few threads, again and again: at intervals, and at once when woken. A thread whose handler does not
 * return is replaced by another one.
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
     * Threads that are not yet running; see {@link #start()}.
     *
     * @param count   how many runs may be under way at once
     * @param factory makes the threads, which must not keep the process from ending
     */
    public HandlerThreads(HandlerWorker worker, int count, Duration interval, ThreadFactory factory) {
        this.worker = worker;
        this.interval = interval;
        this.count = count;
        this.factory = factory;
        worker.whenGivenUp(this::replace);
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
        } catch (Error noThread) {
            threads.remove(thread);
            throw noThread;
        }
    }

    /** The thread ends when its handler returns. It keeps its place as long as no other thread can be made. */
    private void replace(Thread stuck) {
        if (threads.contains(stuck) && !closing) {
            startOne();
        }
        threads.remove(stuck);
    }

    private boolean goesOn() {
        return !closing && threads.contains(Thread.currentThread());
    }

    /** Has them look now. */
    public void wake() {
        int missing = count - wakeUps.availablePermits();
        if (missing > 0) {
            wakeUps.release(missing);
        }
    }

    private void run() {
        while (goesOn()) {
            try {
                boolean woken = wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("Looking for runs that are due (woken: {})", woken);
                while (goesOn() && worker.runOnce()) {
                    log.trace("Ran a handler");
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error fault) {
                FaultLog.advise(log, "A thread of the handlers pauses", fault);
            }
        }
    }

    /** Claims nothing more and waits for the runs under way, at most 10 seconds; then interrupts them. */
    @Override
    public void close() {
        closing = true;
        wake();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_WAIT_MILLIS);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
        worker.close();
    }
}
