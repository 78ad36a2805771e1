package io.github.bellhop.server.feed;

import io.github.bellhop.sync.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What those who listen share: the database once it is there, a bound on how many they are, and the end. Safe for
 * concurrent use.
 */
public final class Feed implements AutoCloseable {
    /** Each holds a thread of the operator's port and asks the database twice a second. */
    private static final int MOST_LISTENERS = 8;

    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_LISTENERS);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Database database;

    /** A feed that has no database yet. */
    public Feed(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins to hand out what this database has. */
    public void open(Database opened) {
        database = opened;
    }

    /** What is handed out; null before there is anything, and once the feed is closed: nobody is to begin then. */
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

    /** Waits so long; shorter when it is closed meanwhile. */
    void pause(Duration time) throws InterruptedException {
        boolean unused = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every stream. */
    @Override
    public void close() {
        closed.countDown();
    }
}
