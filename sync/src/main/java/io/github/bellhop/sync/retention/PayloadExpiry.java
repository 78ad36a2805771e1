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
 * Clears payloads of messages that are done. What waits for the worker, a handler or a person keeps its payload, and
 * there may be a million dead letters: each is looked at once per walk through the inbox, not once per transaction.
 */
final class PayloadExpiry implements Duty {
    /** Messages that were passed over may be done by then. */
    private static final Duration BETWEEN_WALKS = Duration.ofMinutes(10);

    private final Database database;
    private final RetentionSql sql;
    private final Duration kept;
    private final InstantSource clock;
    private Instant nextWalk = Instant.MIN;
    private @Nullable MessagePlace place;
    private boolean atEnd;

    PayloadExpiry(Database database, RetentionSql sql, Duration kept, InstantSource clock) {
        this.database = database;
        this.sql = sql;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payloads";
    }

    @Override
    public int clearSome() {
        Instant now = clock.instant();
        if (atEnd && !now.isBefore(nextWalk)) {
            place = null;
        }
        if (place == null) {
            nextWalk = now.plus(BETWEEN_WALKS);
        }
        long before = now.minus(kept).toEpochMilli();
        while (true) {
            MessagePlace from = place;
            OldPayloads old = database.read(connection -> sql.oldPayloads(connection, before, from));
            atEnd = old.end() == null;
            if (old.end() == null) {
                return 0;
            }
            int cleared = old.done().isEmpty() ? 0 : clear(old.done());
            place = old.end();
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
