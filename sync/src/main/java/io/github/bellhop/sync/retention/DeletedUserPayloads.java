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
 * Clears the payloads of deleted users: of all messages that carry a user's data, whatever they are about. What waits
 * for the worker, a handler or a person is left for a day.
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
        while (true) {
            Map<String, Long> users = database.read(connection -> sql.deletedUsers(connection, lastLooked));
            if (users.isEmpty()) {
                lastLooked = "";
                return 0;
            }
            for (String userId : noteDone(users.keySet())) {
                int cleared = clearSomeOf(userId, Instant.ofEpochMilli(users.getOrDefault(userId, 0L)));
                if (cleared > 0) {
                    return cleared;
                }
            }
            lastLooked = Collections.max(users.keySet());
        }
    }

    /** Notes who has no payload any more, all in one transaction; gives the others. */
    private List<String> noteDone(Collection<String> userIds) {
        List<String> done = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String userId : userIds) {
            boolean left = database.read(connection -> sql.hasPayloads(connection, userId));
            (left ? others : done).add(userId);
        }
        if (!done.isEmpty()) {
            int unused = database.inTransaction(connection -> {
                for (String userId : done) {
                    ErasureSql.noteCleared(connection, userId, clock.millis());
                }
                return done.size();
            });
        }
        return others;
    }

    private int clearSomeOf(String userId, Instant deletedAt) {
        boolean waitingToo = deletedAt.isBefore(clock.instant().minus(LONGEST));
        return database.inTransaction(connection -> {
            List<String> messages = sql.payloadsOf(connection, userId, waitingToo);
            int cleared = InboxSql.clearPayloads(connection, messages);
            InboxSql.clearDetails(connection, database.dialect(), messages);
            return cleared;
        });
    }
}
