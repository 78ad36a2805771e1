package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Version;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.ErasureSql;
import io.github.bellhop.sync.store.FetchSql;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.RunSql;
import io.github.bellhop.sync.store.StandingSql;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how things stand, for whoever looks for what is wrong. Changes nothing; safe for concurrent use. */
public final class StandingReader {
    private final Database database;

    /** A reader of this database. */
    public StandingReader(Database database) {
        this.database = database;
    }

    /**
     * Counts what waits and what is dead.
     *
     * @throws StoreException when the database cannot be read, for one because its tables are not made yet
     */
    public Standing standing() {
        return database.read(connection -> {
            Long last = StandingSql.lastReceivedAt(connection);
            return new Standing(
                    last == null ? null : Instant.ofEpochMilli(last),
                    InboxSql.countWaiting(connection),
                    StandingSql.countFailing(connection),
                    InboxSql.countDead(connection),
                    RunSql.countWaiting(connection),
                    StandingSql.countFailingRuns(connection),
                    RunSql.countDead(connection));
        });
    }

    /**
     * What is known of an entity.
     *
     * @throws StoreException when the database cannot be read
     */
    public EntityStanding entity(MirrorTable table, String id) {
        EntityKey key = new EntityKey(table.entity(), id);
        return database.read(connection -> new EntityStanding(
                row(connection, table, id),
                FetchSql.isDeleted(connection, table.entity(), id),
                !ErasureSql.erased(connection, List.of(key)).isEmpty(),
                StandingSql.messagesOf(connection, id)));
    }

    private static EntityStanding.Row row(Connection connection, MirrorTable table, String id) throws SQLException {
        String version = FetchSql.version(connection, table.name(), id);
        if (version == null) {
            return EntityStanding.Row.NONE;
        }
        if (StandingSql.isRowDeleted(connection, table.name(), id)) {
            return EntityStanding.Row.DELETED;
        }
        return new Version(version).isNested() ? EntityStanding.Row.NESTED : EntityStanding.Row.WHOLE;
    }

    /**
     * The time by the database's own clock; null when it has none of its own.
     *
     * @throws StoreException when the database cannot be read
     */
    public @Nullable Instant databaseClock() {
        return database.read(connection -> Optional.ofNullable(StandingSql.clock(connection, database.dialect())))
                .orElse(null);
    }
}
