package io.github.bellhop.sync.handle;

import io.github.bellhop.BellhopException;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a worker on a few threads, again and again: at intervals, and at once when woken.
 *
 * @hidden
 */
public final class HandlerThreads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HandlerThreads.class);
    private static final long CLOSE_WAIT_MILLIS = 10_000;

    private final HandlerWorker worker;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final List<Thread> threads;
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
        threads = IntStream.range(0, count)
                .mapToObj(number -> factory.newThread(this::run))
                .toList();
    }

    /** Starts the threads. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /** Has them look now. */
    public void wake() {
        int missing = threads.size() - wakeUps.availablePermits();
        if (missing > 0) {
            wakeUps.release(missing);
        }
    }

    private void run() {
        while (!closing) {
            try {
                boolean woken = wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("Looking for runs that are due (woken: {})", woken);
                while (!closing && worker.runOnce()) {
                    log.trace("Ran a handler");
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error fault) {
                log.warn(
                        "A thread of the handlers pauses: {}",
                        fault instanceof BellhopException ? fault.getMessage() : StoreException.brief(fault));
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
