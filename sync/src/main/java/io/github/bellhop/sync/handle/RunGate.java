package io.github.bellhop.sync.handle;

import java.time.Duration;

/**
 * Lets runs begin or not. While it is closed, none is claimed: messages are still kept and mirrored, and their runs wait.
 * It begins open. Thread-safe.
 */
public final class RunGate {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private boolean open = true;
    private int underWay;

    /** An open gate. */
    public RunGate() {}

    /** The same transactions, begun only while the gate is open. */
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
            underWay++;
        }
        return open;
    }

    private synchronized void leave() {
        underWay--;
        notifyAll();
    }

    /** Whether runs may begin. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Lets runs begin. */
    public synchronized void open() {
        open = true;
    }

    /** Lets no further run begin, and waits for those under way, at most 10 seconds. */
    public synchronized void close() {
        open = false;
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            long left = PATIENCE.toMillis();
            while (underWay > 0 && left > 0) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
