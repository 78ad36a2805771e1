package io.github.bellhop.sync.mend;

import io.github.bellhop.sync.SyncMetrics;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.RunSql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many messages and runs of handlers wait, and how many are dead letters, counted now and then. Thread-safe.
 *
 * @hidden
 */
public final class Backlog {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Database database;
    private final InstantSource clock;
    private volatile Instant countedAt = Instant.MIN;
    private volatile long waiting;
    private volatile long dead;
    private volatile long runsWaiting;
    private volatile long runsDead;

    /** A backlog whose numbers are among the metrics. */
    public Backlog(Database database, InstantSource clock, SyncMetrics metrics) {
        this.database = database;
        this.clock = clock;
        metrics.gauge("bellhop.messages.waiting", "Messages that wait for the worker", () -> waiting);
        metrics.gauge("bellhop.messages.dead", "Messages that are dead letters", () -> dead);
        metrics.gauge("bellhop.handler.runs.waiting", "Runs of handlers that are not done", () -> runsWaiting);
        metrics.gauge("bellhop.handler.runs.dead", "Runs of handlers that are dead letters", () -> runsDead);
    }

    /** Counts anew if the numbers are old. */
    void refresh() {
        Instant now = clock.instant();
        if (countedAt.isBefore(now.minus(INTERVAL))) {
            countedAt = now;
            waiting = database.read(InboxSql::countWaiting);
            dead = database.read(InboxSql::countDead);
            runsWaiting = database.read(RunSql::countWaiting);
            runsDead = database.read(RunSql::countDead);
        }
    }
}
