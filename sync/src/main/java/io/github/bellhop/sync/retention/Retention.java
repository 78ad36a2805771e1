package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.settings.RetentionSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all retention tasks, one after another. Only one thread at a time may call {@link #runOnce}.
 *
 * @hidden
 */
public final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /**
     * How long e-mails and text messages with codes are kept. Together with the interval between two runs, this is at
     * most an hour.
     */
    private static final Duration SECRETS_RETENTION = Duration.ofMinutes(50);

    /** The maximum number of batches of one task in a run, so that the other tasks run too. */
    private static final int MAX_BATCHES = 1_000;

    private final List<RetentionTask> tasks = new ArrayList<>();
    private final Eraser eraser;
    private final SyncMetrics metrics;

    /** A pause between two transactions of a task, during which other writers can proceed. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits before the next transaction.
         *
         * @return whether to continue
         */
        boolean takeOne();
    }

    /**
     * Creates the tasks for a database.
     *
     * @param eraser the eraser that finishes requested erasures
     */
    public Retention(
            Database database, RetentionSettings settings, Eraser eraser, InstantSource clock, SyncMetrics metrics) {
        this.eraser = eraser;
        this.metrics = metrics;
        RetentionSql sql = new RetentionSql(database.dialect());
        tasks.add(new ClearByIds(
                "secret-payloads",
                database,
                connection -> sql.secretPayloads(connection, before(clock, SECRETS_RETENTION)),
                (connection, ids) -> {
                    int cleared = InboxSql.clearPayloads(connection, ids);
                    InboxSql.clearDetails(connection, database.dialect(), ids);
                    return cleared;
                }));
        tasks.add(new DeletedUserPayloads(database, sql, clock));
        // Runs before payloads expire: after downtime, an update may be old enough to expire even though its row has
        // only just been added.
        tasks.add(new ClearByIds(
                "late-updates",
                database,
                sql::updatesWithRow,
                (connection, ids) -> RetentionSql.makeDue(connection, ids, clock.millis())));
        tasks.add(new PayloadExpiry(database, sql, settings.payloads(), clock));
        tasks.add(ClearByIds.deleting(
                "messages",
                database,
                "bellhop_inbox",
                "message_id",
                connection -> sql.oldMessages(connection, before(clock, settings.messages()))));
        tasks.add(new ClearByIds(
                "dead-runs",
                database,
                connection -> sql.due(connection, RetentionSql.OLD_DEAD_RUNS, before(clock, settings.messages())),
                (connection, ids) -> Sql.updateIn(connection, RetentionSql.DELETE_DEAD_RUNS, ids)));
        tasks.add(ClearByIds.deleting(
                "discards",
                database,
                "bellhop_discards",
                "message_id",
                connection -> sql.due(connection, RetentionSql.OLD_DISCARDS, before(clock, settings.messages()))));
        Duration sessions = settings.sessions();
        if (sessions != null) {
            tasks.add(new SessionExpiry(database, sql, sessions, clock));
        }
        Duration audit = settings.audit();
        if (audit != null) {
            tasks.add(ClearByIds.deleting(
                    "audit",
                    database,
                    ClerkTables.AUDIT_LOG,
                    "message_id",
                    connection -> sql.oldAuditLines(connection, clock.instant().minus(audit))));
        }
    }

    private static long before(InstantSource clock, Duration retention) {
        return clock.instant().minus(retention).toEpochMilli();
    }

    /**
     * Clears all data that is due. If a task fails, the others still run, and the next call retries the failed task.
     */
    public void runOnce(Pause pause) {
        attempt("erasures", eraser::eraseRequested);
        tasks.forEach(task -> attempt(task.name(), () -> perform(task, pause)));
    }

    private void perform(RetentionTask task, Pause pause) {
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            int cleared = task.clearSome();
            metrics.countCleared(task.name(), cleared);
            if (cleared == 0 || !pause.takeOne()) {
                return;
            }
        }
    }

    private void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            metrics.countRetentionFailure(name);
            log.warn("The retention task {} failed and will be retried: {}", name, StoreException.brief(fault));
        }
    }
}
