package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Deletes the rows of sessions that ended longer ago than the retention period. There is no index for such rows, so the
 * task scans the table in batches by primary key, and starts a new scan at most once an hour.
 */
final class SessionExpiry implements RetentionTask {
    private static final Duration SCAN_INTERVAL = Duration.ofHours(1);

    private final Database database;
    private final RetentionSql sql;
    private final Duration retention;
    private final InstantSource clock;
    private String lastId = "";
    private Instant nextScan = Instant.MIN;

    SessionExpiry(Database database, RetentionSql sql, Duration retention, InstantSource clock) {
        this.database = database;
        this.sql = sql;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public int clearSome() {
        if (lastId.isEmpty() && clock.instant().isBefore(nextScan)) {
            return 0;
        }
        while (true) {
            String start = lastId;
            Optional<String> last = database.read(connection -> sql.endOfSessions(connection, start));
            if (last.isEmpty()) {
                lastId = "";
                nextScan = clock.instant().plus(SCAN_INTERVAL);
                return 0;
            }
            int removed = remove(start, last.get());
            lastId = last.get();
            if (removed > 0) {
                return removed;
            }
        }
    }

    private int remove(String after, String last) {
        Instant before = clock.instant().minus(retention);
        return ClearByIds.deleting(
                        name(),
                        database,
                        ClerkTables.SESSIONS.name(),
                        "id",
                        connection -> sql.endedSessions(connection, after, last, before))
                .clearSome();
    }
}
