package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.retention.RetentionSql.OldPayloads;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clears the payloads of old messages that are done. Messages that wait for the worker or a handler, and dead letters,
 * keep their payloads. There may be a million dead letters, so a scan of the inbox checks each message only once,
 * rather than in every transaction.
 */
final class PayloadExpiry implements RetentionTask {
    /** The interval between scans. A message that one scan skips may be done by the time of the next scan. */
    private static final Duration SCAN_INTERVAL = Duration.ofMinutes(10);

    private final Database database;
    private final RetentionSql sql;
    private final Duration retention;
    private final InstantSource clock;
    private Instant nextScan = Instant.MIN;
    private @Nullable MessagePlace position;
    private boolean atEnd;

    PayloadExpiry(Database database, RetentionSql sql, Duration retention, InstantSource clock) {
        this.database = database;
        this.sql = sql;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payloads";
    }

    @Override
    public int clearSome() {
        Instant now = clock.instant();
        if (atEnd && !now.isBefore(nextScan)) {
            position = null;
        }
        if (position == null) {
            nextScan = now.plus(SCAN_INTERVAL);
        }
        long before = now.minus(retention).toEpochMilli();
        while (true) {
            MessagePlace start = position;
            OldPayloads old = database.read(connection -> sql.oldPayloads(connection, before, start));
            atEnd = old.end() == null;
            if (old.end() == null) {
                return 0;
            }
            int cleared = old.done().isEmpty() ? 0 : clear(old.done());
            position = old.end();
            if (cleared > 0) {
                return cleared;
            }
        }
    }

    private int clear(List<String> messageIds) {
        return database.inTransaction(
                connection -> InboxSql.clearPayloads(connection, sql.stillDone(connection, messageIds)));
    }
}
