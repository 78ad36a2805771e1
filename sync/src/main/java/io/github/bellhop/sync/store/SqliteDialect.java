package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.mirror.TouchedEntities;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.sqlite.SQLiteConnection;

/**
 * The SQLite dialect. Every transaction begins with IMMEDIATE, so there is only one writer at a time and nothing needs
 * locking. Statements run in this process, so rows are written one by one.
 */
final class SqliteDialect implements Dialect, SqliteFaults, SqliteRows {
    private static final String WRITE_TOMBSTONE = """
            insert into bellhop_tombstones (entity, entity_id, deleted_at) values (?, ?, ?)
            on conflict (entity, entity_id) do update set deleted_at = excluded.deleted_at
            where excluded.deleted_at < bellhop_tombstones.deleted_at""";

    private static final String FIND_TOMBSTONE =
            "select deleted_at from bellhop_tombstones where entity = ? and entity_id = ?";

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public int batchesAtOnce() {
        return 1;
    }

    @Override
    public int runsAtOnce() {
        return 1;
    }

    /** This is shorter than a writer's timeout, because a run blocks every other writer. */
    @Override
    public Duration longestRun() {
        return Duration.ofSeconds(4);
    }

    @Override
    public Wildcards wildcards() {
        return Wildcards.GLOB;
    }

    @Override
    public List<String> checkpointStatements() {
        return List.of("pragma wal_checkpoint(truncate)");
    }

    @Override
    public List<String> vacuumStatements(Collection<String> tables) {
        return List.of("vacuum", "pragma wal_checkpoint(truncate)");
    }

    @Override
    public Map<String, String> typePlaceholders() {
        return Map.ofEntries(
                Map.entry("id", "text"),
                Map.entry("time", "text"),
                Map.entry("json", "text"),
                Map.entry("bool", "integer"),
                Map.entry("bytes", "blob"),
                Map.entry("hash", ""),
                Map.entry("wide_rows", ""),
                Map.entry("drop_view", "drop view"),
                Map.entry("create_view", "create view"),
                Map.entry("bytewise", "collate binary"),
                Map.entry("now", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"));
    }

    /** A write that is rolled back never reaches the disk, so {@link WatchedFile#requireRoom} checks the free space. */
    @Override
    public void proveWritable(Connection connection, boolean thoroughly) throws SQLException {
        Sql.of("delete from bellhop_inbox where message_id = ''").run(connection);
    }

    @Override
    public Map<EntityKey, Long> lockEntities(Connection connection, TouchedEntities touched) throws SQLException {
        // No lock is needed: this transaction is the only writer of the file.
        Map<EntityKey, Long> tombstones = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND_TOMBSTONE)) {
            for (EntityKey key : touched.written()) {
                statement.setString(1, key.entity());
                statement.setString(2, key.id());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        tombstones.put(key, row.getLong(1));
                    }
                }
            }
        }
        return tombstones;
    }

    @Override
    public Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException {
        Set<EntityKey> written = new HashSet<>();
        for (Deletion deletion : deletions) {
            EntityKey key = deletion.key();
            if (Sql.of(WRITE_TOMBSTONE, key.entity(), key.id(), deletion.deletedAt())
                            .update(connection)
                    == 1) {
                written.add(key);
            }
        }
        return written;
    }

    @Override
    public void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException {
        String sql = "update %s set deleted_at = coalesce(min(deleted_at, ?1), ?1) where %s = ?2"
                .formatted(table.name(), column);
        Sql.updateEach(
                connection,
                sql,
                deletedAtById.entrySet(),
                deletion -> List.of(Sql.iso(Instant.ofEpochMilli(deletion.getValue())), deletion.getKey()));
    }

    /** A run blocks every other writer, so there is no concurrent claim. */
    @Override
    public String claimingRun(String select) {
        return "select claimed.*, 1 as free from (" + select + ") as claimed";
    }

    /**
     * The driver's own abort does nothing. This method interrupts a running statement and closes the connection, which
     * rolls back the transaction and releases the file.
     */
    @Override
    public void abort(Connection connection, BooleanSupplier isBack) throws SQLException {
        SQLiteConnection file = connection.unwrap(SQLiteConnection.class);
        file.getDatabase().interrupt();
        file.close();
    }
}
