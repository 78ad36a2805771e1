package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Removes rows of sessions that have been over for long enough. No index tells which those are, so it walks through
 * the table by its primary key, a few rows at a time, and begins anew at most once an hour.
 */
final class SessionExpiry implements Duty {
    private static final Duration BETWEEN_WALKS = Duration.ofHours(1);

    private final Database database;
    private final RetentionSql sql;
    private final Duration kept;
    private final InstantSource clock;
    private String at = "";
    private Instant nextWalk = Instant.MIN;

    SessionExpiry(Database database, RetentionSql sql, Duration kept, InstantSource clock) {
        this.database = database;
        this.sql = sql;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public int clearSome() {
        if (at.isEmpty() && clock.instant().isBefore(nextWalk)) {
            return 0;
        }
        while (true) {
            String from = at;
            Optional<String> last = database.read(connection -> sql.endOfSessions(connection, from));
            if (last.isEmpty()) {
                at = "";
                nextWalk = clock.instant().plus(BETWEEN_WALKS);
                return 0;
            }
            int removed = remove(from, last.get());
            at = last.get();
            if (removed > 0) {
                return removed;
            }
        }
    }

    private int remove(String after, String last) {
        Instant before = clock.instant().minus(kept);
        return ByIds.removing(
                        name(),
                        database,
                        ClerkTables.SESSIONS.name(),
                        "id",
                        connection -> sql.sessionsOver(connection, after, last, before))
                .clearSome();
    }
}
