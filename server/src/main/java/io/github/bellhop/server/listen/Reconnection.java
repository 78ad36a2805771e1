package io.github.bellhop.server.listen;

import io.github.bellhop.server.settings.UnusableSettingException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Reconnects until it is stopped. The pauses double, up to 30 seconds, and are randomized. After a connection is lost,
 * the first reason and each different refusal are reported once. Thread-safe.
 */
final class Reconnection {
    private static final long FIRST_MILLIS = 500;
    private static final long MAX_MILLIS = 30_000;

    private final Listening listening;
    private final RandomGenerator random;
    private final Set<String> reported = new HashSet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long pauseMillis = FIRST_MILLIS;
    private volatile boolean wasConnected;

    Reconnection(Listening listening, RandomGenerator random) {
        this.listening = listening;
        this.random = random;
    }

    /** One attempt to connect, and the connection if it succeeds. */
    @FunctionalInterface
    interface Connection {
        /** Connects, waits until the connection ends, and returns why it ended. */
        String keep() throws InterruptedException;
    }

    /** Opens one connection after another, and returns after {@link #stop}. */
    void run(Connection connection) throws InterruptedException {
        while (!isStopped()) {
            String why = connection.keep();
            if (!isStopped()) {
                ended(why);
            }
            boolean unused = stopped.await(nextPause(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void ended(String why) {
        if (reported.isEmpty()) {
            report(why);
        }
    }

    /** Returns a time between half the pause and the full pause, so that clients do not reconnect all at once. */
    private synchronized long nextPause() {
        long pause = pauseMillis / 2 + random.nextLong(pauseMillis / 2 + 1);
        pauseMillis = Math.min(MAX_MILLIS, 2 * pauseMillis);
        return pause;
    }

    void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Records that a connection is open. */
    void connected() {
        synchronized (this) {
            pauseMillis = FIRST_MILLIS;
            reported.clear();
        }
        wasConnected = true;
        listening.connected();
    }

    /**
     * Handles a refusal. Before the first connection, a refusal is final. Later, it may come from a deployment in
     * progress or from a proxy's error page, so the connection is retried.
     *
     * @param problem the message if the refusal is final
     * @param why     the message if the connection is retried; returned
     * @throws UnusableSettingException if the refusal is final
     */
    String refused(String problem, String why) {
        if (!wasConnected) {
            throw new UnusableSettingException(problem);
        }
        report(why);
        return why;
    }

    /** Reports why the connection was lost, once per reason. */
    synchronized void report(String why) {
        if (reported.add(why)) {
            listening.lost(why);
        }
    }
}
