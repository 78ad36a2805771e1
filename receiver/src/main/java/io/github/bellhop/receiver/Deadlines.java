package io.github.bellhop.receiver;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Ends what takes too long. One thread walks over what is under way a few times a second and lets go of what is done,
 * which costs less than a timer per delivery.
 */
final class Deadlines implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(200);

    private final ConcurrentLinkedQueue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final long waitNanos;
    private final Thread thread;

    /** Something that ends by itself or is ended. */
    interface Expiring {
        /** Whether it has ended by itself. */
        boolean isDone();

        /** Ends it; may come at the same moment as its own end. */
        void expire();
    }

    private record Entry(long at, Expiring what) {}

    Deadlines(Duration wait, String name) {
        waitNanos = wait.toNanos();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    void add(Expiring what) {
        queue.add(new Entry(System.nanoTime() + waitNanos, what));
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException closed) {
                return;
            }
            expire();
        }
    }

    private void expire() {
        long now = System.nanoTime();
        for (Iterator<Entry> entries = queue.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.what().isDone()) {
                entries.remove();
            } else if (entry.at() - now <= 0) {
                entries.remove();
                entry.what().expire();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
