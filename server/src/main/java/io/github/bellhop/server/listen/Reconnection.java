package io.github.bellhop.server.listen;

import io.github.bellhop.server.settings.UnusableSettingException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Connects again until it is stopped. The pauses double, up to 30 seconds, and are random. A lost connection is reported
 * once until the next connection; a reason that somebody can act on is reported once too. Thread-safe.
 */
final class Reconnection {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    private final Listening listening;
    private final RandomGenerator random;
    private final Set<String> told = new HashSet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long pauseMillis = FIRST_MILLIS;
    private volatile boolean wasConnected;

    Reconnection(Listening listening, RandomGenerator random) {
        this.listening = listening;
        this.random = random;
    }

    /** Makes one connection and keeps it. */
    @FunctionalInterface
    interface Connection {
        /** Returns why the connection ended. */
        String keep() throws InterruptedException;
    }

    /** Keeps one connection after the other. Returns once it is stopped. */
    void run(Connection connection) throws InterruptedException {
        while (!isStopped()) {
            String why = connection.keep();
            if (!isStopped()) {
                broke(why);
            }
            boolean unused = stopped.await(nextPause(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void broke(String why) {
        if (told.isEmpty()) {
            tell(why);
        }
    }

    /** Between half of the pause and all of it, so that clients do not return at once. */
    private synchronized long nextPause() {
        long pause = pauseMillis / 2 + random.nextLong(pauseMillis / 2 + 1);
        pauseMillis = Math.min(LONGEST_MILLIS, 2 * pauseMillis);
        return pause;
    }

    void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Notes that a connection stands. */
    void connected() {
        synchronized (this) {
            pauseMillis = FIRST_MILLIS;
            told.clear();
        }
        wasConnected = true;
        listening.connected();
    }

    /**
     * Notes a refusal. Before the first connection it is final; later it may be a deploy under way or a proxy's own page.
     *
     * @param problem what to say when it is final
     * @param why     what to say when it is tried again; returned
     * @throws UnusableSettingException when it is final
     */
    String refused(String problem, String why) {
        if (!wasConnected) {
            throw new UnusableSettingException(problem);
        }
        tell(why);
        return why;
    }

    /** Tells of a loss at once, with its reason. */
    synchronized void tell(String why) {
        if (told.add(why)) {
            listening.lost(why);
        }
    }
}
