package io.github.bellhop.sync.handle;

import java.time.Duration;

/**
 * Pauses the handlers. While the gate is closed, no run is claimed; messages are still stored and mirrored, and their
 * runs wait. A new gate is open. Thread-safe.
 */
public final class RunGate {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private boolean open = true;
    private int active;

    /** Creates an open gate. */
    public RunGate() {}

    /** Wraps the given transactions so that they begin only while the gate is open. */
    public RunTransactions around(RunTransactions transactions) {
        return (limit, run) -> {
            if (!enter()) {
                return false;
            }
            try {
                return transactions.run(limit, run);
            } finally {
                leave();
            }
        };
    }

    private synchronized boolean enter() {
        if (open) {
            active++;
        }
        return open;
    }

    private synchronized void leave() {
        active--;
        notifyAll();
    }

    /** Returns whether runs may begin. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Allows runs to begin. */
    public synchronized void open() {
        open = true;
    }

    /** Prevents further runs from beginning, and waits up to 10 seconds for the active ones to end. */
    public synchronized void close() {
        open = false;
        long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            long left = CLOSE_TIMEOUT.toMillis();
            while (active > 0 && left > 0) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
