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
 * All duties, one after the other. {@link #runOnce} is called by one thread at a time.
 *
 * @hidden
 */
public final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** Codes in e-mails and text messages are kept for an hour at most, the time between two runs included. */
    private static final Duration SECRETS_KEPT = Duration.ofMinutes(50);

    /** So that one duty with much to do does not keep the others waiting for ever. */
    private static final int MOST_BATCHES = 1_000;

    private final List<Duty> duties = new ArrayList<>();
    private final Eraser eraser;
    private final SyncMetrics metrics;

    /** What is done between two transactions of a duty, so that others get their turn. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @return whether to go on
         */
        boolean takeOne();
    }

    /**
     * The duties on one database.
     *
     * @param eraser erases people whose erasure was asked for and is not done
     */
    public Retention(
            Database database, RetentionSettings settings, Eraser eraser, InstantSource clock, SyncMetrics metrics) {
        this.eraser = eraser;
        this.metrics = metrics;
        RetentionSql sql = new RetentionSql(database.dialect());
        duties.add(new ByIds(
                "secret-payloads",
                database,
                connection -> sql.secretPayloads(connection, before(clock, SECRETS_KEPT)),
                (connection, ids) -> {
                    int cleared = InboxSql.clearPayloads(connection, ids);
                    InboxSql.clearDetails(connection, database.dialect(), ids);
                    return cleared;
                }));
        duties.add(new DeletedUserPayloads(database, sql, clock));
        // Before the payloads expire: after a standstill, an update may be older than that and its row just come.
        duties.add(new ByIds(
                "late-updates",
                database,
                sql::nowWithRow,
                (connection, ids) -> RetentionSql.makeDue(connection, ids, clock.millis())));
        duties.add(new PayloadExpiry(database, sql, settings.payloads(), clock));
        duties.add(ByIds.removing(
                "messages",
                database,
                "bellhop_inbox",
                "message_id",
                connection -> sql.oldMessages(connection, before(clock, settings.messages()))));
        duties.add(new ByIds(
                "dead-runs",
                database,
                connection -> sql.due(connection, RetentionSql.OLD_DEAD_RUNS, before(clock, settings.messages())),
                (connection, ids) -> Sql.updateIn(connection, RetentionSql.DELETE_DEAD_RUNS, ids)));
        duties.add(ByIds.removing(
                "discards",
                database,
                "bellhop_discards",
                "message_id",
                connection -> sql.due(connection, RetentionSql.OLD_DISCARDS, before(clock, settings.messages()))));
        Duration sessions = settings.sessions();
        if (sessions != null) {
            duties.add(new SessionExpiry(database, sql, sessions, clock));
        }
        Duration audit = settings.audit();
        if (audit != null) {
            duties.add(ByIds.removing(
                    "audit",
                    database,
                    ClerkTables.AUDIT_LOG,
                    "message_id",
                    connection -> sql.oldAuditLines(connection, clock.instant().minus(audit))));
        }
    }

    private static long before(InstantSource clock, Duration kept) {
        return clock.instant().minus(kept).toEpochMilli();
    }

    /** Clears what is due now. A duty that fails is tried again the next time, and the others still run. */
    public void runOnce(Pause pause) {
        attempt("erasures", eraser::eraseRequested);
        duties.forEach(duty -> attempt(duty.name(), () -> perform(duty, pause)));
    }

    private void perform(Duty duty, Pause pause) {
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            int cleared = duty.clearSome();
            metrics.countCleared(duty.name(), cleared);
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
            log.warn("The retention of {} failed and is tried again: {}", name, StoreException.brief(fault));
        }
    }
}
