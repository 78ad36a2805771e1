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
 * How many messages and runs of handlers wait, and how many are dead letters, counted now and then. Thread-safe.
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

    /** A backlog whose numbers are among the metrics. */
    Backlog(Database database, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.clock = clock;
        metrics.gauge("bellhop.messages.waiting", "Messages that wait for the worker", () -> waiting);
        metrics.gauge("bellhop.messages.dead", "Messages that are dead letters", () -> dead);
        metrics.gauge(
                "bellhop.newest.message.age.seconds",
                "How long ago the newest message came; NaN when none ever did",
                this::newestAge);
        metrics.gauge("bellhop.handler.runs.waiting", "Runs of handlers that are not done", () -> runs.waiting());
        metrics.gauge(
                "bellhop.handler.runs.failing",
                "Runs of handlers that have failed and are called again",
                () -> runs.failing());
        metrics.gauge("bellhop.handler.runs.dead", "Runs of handlers that are dead letters", () -> runsDead);
    }

    private double newestAge() {
        Long newest = newestAt;
        return newest == null ? Double.NaN : Math.max(0, clock.millis() - newest) / 1000.0;
    }

    /** Counts anew if the numbers are old. */
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

    /** The runs of handlers that were not done when they were counted last. */
    HandlerSql.Open runs() {
        return runs;
    }

    /** How many runs of handlers were dead letters when they were counted last. */
    long runsDead() {
        return runsDead;
    }
}
