package io.github.bellhop.receiver;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what takes too long. One thread walks over what is under way a few times a second and lets go of what is done,
 * which costs less than a timer per delivery.
 */
final class Deadlines implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration TICK = Duration.ofMillis(200);

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    /** Something that ends by itself or is ended. */
    interface Waiting {
        /**
         * Ends what is overdue; false when nothing more is to be watched. Its own end may come at the same moment.
         *
         * @param nowNanos the time, as {@link System#nanoTime()} tells it
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

    /** Whatever happens, the next tick comes: without it nothing would end that is too slow. */
    private void tick(long now) {
        try {
            queue.removeIf(what -> isOver(what, now));
        } catch (RuntimeException | Error fault) {
            // Even the line about a fault failed; what is overdue is looked at again.
        }
    }

    /** A fault in one must not end the thread that all the others rely on. */
    private static boolean isOver(Waiting what, long now) {
        try {
            return !what.stillWaits(now);
        } catch (RuntimeException | Error fault) {
            log.warn(
                    "A delivery could not be ended in time ({})",
                    fault.getClass().getName());
            return true;
        }
    }

    /** Returns when the thread has ended: containers look for threads that an app has left behind. */
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
