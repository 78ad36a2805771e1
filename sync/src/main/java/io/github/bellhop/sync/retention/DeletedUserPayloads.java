package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.RetentionSql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Clears the payloads of deleted users: of all messages that carry a user's data, whatever they are about. What waits
 * for the worker or a person is left for a day. When handlers come, what waits for one of their runs is to be left in
 * the same way.
 */
final class DeletedUserPayloads implements Duty {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Database database;
    private final RetentionSql sql;
    private final InstantSource clock;
    private String lastLooked = "";

    DeletedUserPayloads(Database database, RetentionSql sql, InstantSource clock) {
        this.database = database;
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "deleted-user-payloads";
    }

    @Override
    public int clearSome() {
        Map<String, Long> users = database.read(connection -> sql.deletedUsers(connection, lastLooked));
        for (Map.Entry<String, Long> user : users.entrySet()) {
            int cleared = clearSomeOf(user.getKey(), Instant.ofEpochMilli(user.getValue()));
            if (cleared > 0) {
                return cleared;
            }
            lastLooked = user.getKey();
        }
        boolean more = !users.isEmpty();
        if (!more) {
            lastLooked = "";
        }
        return more ? clearSome() : 0;
    }

    private int clearSomeOf(String userId, Instant deletedAt) {
        boolean waitingToo = deletedAt.isBefore(clock.instant().minus(LONGEST));
        return database.inTransaction(connection -> {
            int cleared = InboxSql.clearPayloads(connection, sql.payloadsOf(connection, userId, waitingToo));
            if (cleared == 0 && !sql.hasPayloads(connection, userId)) {
                sql.noteCleared(connection, userId, clock.millis());
            }
            return cleared;
        });
    }
}
