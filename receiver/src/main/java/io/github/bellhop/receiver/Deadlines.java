package io.github.bellhop.receiver;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends deliveries that take too long. One thread checks all active deliveries a few times a second and drops those that
 * are done, which costs less than one timer per delivery.
 */
final class Deadlines implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration TICK = Duration.ofMillis(200);

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    /** A task that ends by itself or is ended at its deadline. */
    interface Waiting {
        /**
         * Ends the task if it is overdue. Returns false if it no longer needs watching. The task may end by itself at
         * the same moment.
         *
         * @param nowNanos the current time from {@link System#nanoTime()}
         */
        boolean stillWaits(long nowNanos);
    }

    Deadlines(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    void add(Waiting what) {
        queue.add(what);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException closed) {
                return;
            }
            tick(System.nanoTime());
        }
    }

    /** Never throws, so that the next tick always runs. Without ticks, slow deliveries would never end. */
    private void tick(long now) {
        try {
            queue.removeIf(what -> isOver(what, now));
        } catch (RuntimeException | Error fault) {
            // Logging the fault failed too. The next tick checks the overdue deliveries again.
        }
    }

    /** A fault in one delivery must not end the thread, because all the others rely on it. */
    private static boolean isOver(Waiting what, long now) {
        try {
            return !what.stillWaits(now);
        } catch (RuntimeException | Error fault) {
            log.warn(
                    "A delivery could not be ended at its deadline ({})",
                    fault.getClass().getName());
            return true;
        }
    }

    /** Returns after the thread has ended, because containers report threads that an app leaves behind. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TICK.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
