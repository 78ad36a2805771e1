package io.github.bellhop.server.feed;

import io.github.bellhop.sync.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state that all listeners share: the database once it is open, the limit on their number, and the shutdown signal.
 * Thread-safe.
 */
public final class Feed implements AutoCloseable {
    /** Each listener holds a thread of the operator's port and queries the database twice a second. */
    private static final int MAX_LISTENERS = 8;

    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MAX_LISTENERS);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Database database;

    /** Creates a feed without a database. */
    public Feed(InstantSource clock) {
        this.clock = clock;
    }

    /** Starts serving the messages of this database. */
    public void open(Database opened) {
        database = opened;
    }

    /** The database to read from; null before {@link #open} and after {@link #close}, when no stream may start. */
    @Nullable
    Database database() {
        return isClosed() ? null : database;
    }

    InstantSource clock() {
        return clock;
    }

    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits for the given time, or until the feed is closed. */
    void pause(Duration time) throws InterruptedException {
        boolean unused = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every stream. */
    @Override
    public void close() {
        closed.countDown();
    }
}
