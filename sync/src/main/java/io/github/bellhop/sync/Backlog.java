package io.github.bellhop.sync;

import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.HandlerSql;
import io.github.bellhop.sync.store.InboxSql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages and handler runs that are waiting or are dead letters, at most once every 10 seconds.
 * Thread-safe.
 */
final class Backlog {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Database database;
    private final InstantSource clock;
    private volatile Instant countedAt = Instant.MIN;
    private volatile long waiting;
    private volatile long dead;
    private volatile HandlerSql.Open runs = new HandlerSql.Open(0, 0, null);
    private volatile long runsDead;
    private volatile @Nullable Long newestAt;

    /** Creates a backlog and registers its counts as gauges. */
    Backlog(Database database, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.clock = clock;
        metrics.gauge("bellhop.messages.waiting", "Messages waiting for the worker", () -> waiting);
        metrics.gauge("bellhop.messages.dead", "Messages that are dead letters", () -> dead);
        metrics.gauge(
                "bellhop.newest.message.age.seconds",
                "Age of the newest message; NaN if none has ever been received",
                this::newestAge);
        metrics.gauge("bellhop.handler.runs.waiting", "Handler runs that are not done", () -> runs.waiting());
        metrics.gauge(
                "bellhop.handler.runs.failing",
                "Handler runs that have failed and will be retried",
                () -> runs.failing());
        metrics.gauge("bellhop.handler.runs.dead", "Handler runs that are dead letters", () -> runsDead);
    }

    private double newestAge() {
        Long newest = newestAt;
        return newest == null ? Double.NaN : Math.max(0, clock.millis() - newest) / 1000.0;
    }

    /** Counts again if the last count is more than 10 seconds old. */
    void refresh() {
        Instant now = clock.instant();
        if (countedAt.isBefore(now.minus(INTERVAL))) {
            countedAt = now;
            waiting = database.read(InboxSql::countWaiting);
            dead = database.read(InboxSql::countDead);
            runs = database.read(HandlerSql::open);
            runsDead = database.read(HandlerSql::countDead);
            newestAt = database.read(connection -> Optional.ofNullable(InboxSql.lastReceivedAt(connection)))
                    .orElse(null);
        }
    }

    /** Returns the counts of unfinished handler runs, as of the last count. */
    HandlerSql.Open runs() {
        return runs;
    }

    /** Returns the number of handler runs that were dead letters at the last count. */
    long runsDead() {
        return runsDead;
    }
}
