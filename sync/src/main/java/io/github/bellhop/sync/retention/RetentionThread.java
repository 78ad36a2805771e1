package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the retention again and again, in small steps with pauses between them.
 *
 * @hidden
 */
public final class RetentionThread implements AutoCloseable, Retention.Pause {
    private static final Logger log = LoggerFactory.getLogger(RetentionThread.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** How the thread makes what it runs, which pauses through it. */
    @FunctionalInterface
    public interface Work {
        /** The retention that takes its pauses from this. */
        Retention pausing(Retention.Pause pause);
    }

    /** A thread that is not yet running; see {@link #start()}. */
    public RetentionThread(Work work) {
        Retention retention = work.pausing(this);
        thread = new Thread(() -> run(retention), "bellhop-retention");
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    @Override
    public boolean takeOne() {
        return wait(PAUSE);
    }

    /** Waits, but not when it is to end; then false. */
    private boolean wait(Duration time) {
        try {
            return !closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void run(Retention retention) {
        do {
            try {
                retention.runOnce();
            } catch (RuntimeException | Error fault) {
                log.warn("The retention pauses: {}", StoreException.brief(fault));
            }
        } while (wait(INTERVAL));
    }

    /** Ends the thread after the transaction it is at; waits at most 10 seconds. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(10_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
