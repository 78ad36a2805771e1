package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.erase.ErasureSql;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Clears the payloads of all messages that contain a deleted user's data. Messages that wait for the worker or a
 * handler, and dead letters, keep their payloads for a day.
 */
final class DeletedUserPayloads implements RetentionTask {
    private static final Duration MAX_DELAY = Duration.ofHours(24);

    private final Database database;
    private final RetentionSql sql;
    private final InstantSource clock;
    private String lastUserId = "";

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
        while (true) {
            Map<String, Long> users = database.read(connection -> sql.deletedUsers(connection, lastUserId));
            if (users.isEmpty()) {
                lastUserId = "";
                return 0;
            }
            for (String userId : recordCleared(users.keySet())) {
                int cleared = clearSomeOf(userId, Instant.ofEpochMilli(users.getOrDefault(userId, 0L)));
                if (cleared > 0) {
                    return cleared;
                }
            }
            lastUserId = Collections.max(users.keySet());
        }
    }

    /** Records, in one transaction, the users without remaining payloads. Returns the other users. */
    private List<String> recordCleared(Collection<String> userIds) {
        List<String> done = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String userId : userIds) {
            boolean hasPayloads = database.read(connection -> sql.hasPayloads(connection, userId));
            (hasPayloads ? others : done).add(userId);
        }
        if (!done.isEmpty()) {
            int unused = database.inTransaction(connection -> {
                for (String userId : done) {
                    ErasureSql.recordCleared(connection, userId, clock.millis());
                }
                return done.size();
            });
        }
        return others;
    }

    private int clearSomeOf(String userId, Instant deletedAt) {
        boolean includeWaiting = deletedAt.isBefore(clock.instant().minus(MAX_DELAY));
        return database.inTransaction(connection -> {
            List<String> messages = sql.payloadsOf(connection, userId, includeWaiting);
            int cleared = InboxSql.clearPayloads(connection, messages);
            InboxSql.clearDetails(connection, database.dialect(), messages);
            return cleared;
        });
    }
}
