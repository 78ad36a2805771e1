package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.MirrorSql.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQLite: one writer at a time (every transaction begins IMMEDIATE), so nothing needs locking, and statements run in
 * this process, so rows are written one by one.
 */
final class SqliteDialect implements Dialect {
    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String APPEND = "insert into bellhop_inbox (" + InboxSql.COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (message_id) do nothing";

    private static final String WRITE_TOMBSTONE = """
            insert into bellhop_tombstones (entity, entity_id, deleted_at) values (?, ?, ?)
            on conflict (entity, entity_id) do update set deleted_at = excluded.deleted_at
            where excluded.deleted_at < bellhop_tombstones.deleted_at""";

    private static final String FIND_TOMBSTONE =
            "select deleted_at from bellhop_tombstones where entity = ? and entity_id = ?";

    private static final String APPEND_AUDIT = """
            insert into clerk_audit_log
                (message_id, type, occurred_at, user_id, session_id, client_ip, user_agent)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (message_id) do nothing""";

    private static final String CLAIM_DUE = """
            select message_id, received_at, attempts, payload from bellhop_inbox
            where next_attempt_at <= ? order by next_attempt_at limit 1""";

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

    /** Less than a writer waits, since a run holds off the writer. */
    @Override
    public Duration longestRun() {
        return Duration.ofSeconds(4);
    }

    @Override
    public Wildcards wildcards() {
        return Wildcards.GLOB;
    }

    @Override
    public String skippingLocked() {
        return "";
    }

    @Override
    public List<String> settling() {
        return List.of("pragma wal_checkpoint(truncate)");
    }

    @Override
    public List<String> compacting(Collection<String> tables) {
        return List.of("vacuum", "pragma wal_checkpoint(truncate)");
    }

    @Override
    public Map<String, String> typePlaceholders() {
        return Map.of(
                "id", "text",
                "time", "text",
                "json", "text",
                "bool", "integer",
                "bytes", "blob",
                "hash", "",
                "wide_rows", "",
                "now", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");
    }

    @Override
    public StoreException classify(SQLException fault) {
        return SqliteFaults.classify(fault);
    }

    @Override
    public boolean isPassing(SQLException fault) {
        return SqliteFaults.isPassing(fault);
    }

    @Override
    public Set<String> appendMessages(Connection connection, List<InboxRow> messages) throws SQLException {
        Set<String> added = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            for (InboxRow message : messages) {
                InboxSql.bind(statement, message);
                if (statement.executeUpdate() == 1) {
                    added.add(message.messageId());
                }
            }
        }
        return added;
    }

    @Override
    public Map<EntityKey, Long> lockEntities(Connection connection, Set<EntityKey> written, Set<EntityKey> deleted)
            throws SQLException {
        // No lock: the one writer of the file is this transaction.
        Map<EntityKey, Long> tombstones = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND_TOMBSTONE)) {
            for (EntityKey key : written) {
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
    public void lockRows(
            Connection connection, MirrorTable table, Map<String, ? extends Collection<String>> idsByColumn) {
        // No lock, as above.
    }

    @Override
    public void reserveRows(Connection connection, MirrorTable table, Collection<String> ids, Instant now) {
        // No lock, as above.
    }

    @Override
    public Set<EntityKey> writeTombstones(Connection connection, Collection<Deletion> deletions) throws SQLException {
        Set<EntityKey> written = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(WRITE_TOMBSTONE)) {
            for (Deletion deletion : deletions) {
                statement.setString(1, deletion.table().entity());
                statement.setString(2, deletion.id());
                statement.setLong(3, deletion.deletedAt());
                if (statement.executeUpdate() == 1) {
                    written.add(deletion.key());
                }
            }
        }
        return written;
    }

    @Override
    public void markDeleted(Connection connection, MirrorTable table, String column, Map<String, Long> deletedAtById)
            throws SQLException {
        String sql = "update %s set deleted_at = coalesce(min(deleted_at, ?1), ?1) where %s = ?2"
                .formatted(table.name(), column);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<String, Long> deletion : deletedAtById.entrySet()) {
                statement.setString(1, iso(Instant.ofEpochMilli(deletion.getValue())));
                statement.setString(2, deletion.getKey());
                statement.executeUpdate();
            }
        }
    }

    @Override
    public List<RowOutcome> upsert(
            Connection connection,
            List<EntityRow> rows,
            List<@Nullable Long> deletedAt,
            List<ChildRows> lists,
            Instant now)
            throws SQLException {
        EntityRow first = rows.get(0);
        List<Field> fields = MirrorSql.fields(first.table(), first.present());
        List<RowOutcome> outcomes = new ArrayList<>(rows.size());
        Set<String> written = new HashSet<>();
        try (PreparedStatement insert = connection.prepareStatement(insert(first.table(), fields));
                PreparedStatement update = connection.prepareStatement(update(first.table(), fields))) {
            for (int i = 0; i < rows.size(); i++) {
                @Nullable Object[] values = MirrorSql.values(rows.get(i), deletedAt.get(i), now);
                RowOutcome outcome = RowOutcome.INSERTED;
                if (execute(insert, values) == 0) {
                    outcome = execute(update, values) == 1 ? RowOutcome.UPDATED : RowOutcome.STALE;
                }
                outcomes.add(outcome);
                if (outcome != RowOutcome.STALE) {
                    written.add(rows.get(i).id());
                }
            }
        }
        for (ChildRows list : lists) {
            writeChildren(connection, list.of(written));
        }
        return outcomes;
    }

    private static String insert(MirrorTable table, List<Field> fields) {
        return "insert into %s (%s) values (%s) on conflict (id) do nothing"
                .formatted(table.name(), names(fields), marks(fields));
    }

    /** Its parameters stand in the same order as those of the insert: the id is the first, the version the last. */
    private static String update(MirrorTable table, List<Field> fields) {
        StringBuilder set = new StringBuilder();
        for (int i = 1; i < fields.size(); i++) {
            String name = fields.get(i).name();
            String mark = "?" + (i + 1);
            set.append(i == 1 ? "" : ", ").append(name).append(" = ");
            // The earlier of two times of deletion, whichever of them is there.
            set.append(
                    name.equals("deleted_at")
                            ? "coalesce(min(deleted_at, %1$s), deleted_at, %1$s)".formatted(mark)
                            : mark);
        }
        return "update %s set %s where id = ?1 and bellhop_version <= ?%d".formatted(table.name(), set, fields.size());
    }

    @Override
    public void deleteChildren(Connection connection, ChildTable table, String column, Collection<String> ids)
            throws SQLException {
        String sql = "delete from %s where %s = ?".formatted(table.name(), column);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.executeUpdate();
            }
        }
    }

    @Override
    public void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException {
        for (ChildRows list : lists) {
            Set<List<@Nullable Object>> listed = list.rows().stream()
                    .map(row -> Arrays.asList(row[0], row[1]))
                    .collect(Collectors.toSet());
            ChildTable table = list.table();
            try (PreparedStatement find = connection.prepareStatement("select %s from %s where %s = ?"
                            .formatted(table.idColumn(), table.name(), table.parentColumn()));
                    PreparedStatement delete = connection.prepareStatement("delete from %s where %s = ? and %s = ?"
                            .formatted(table.name(), table.parentColumn(), table.idColumn()))) {
                for (String parent : list.parents()) {
                    for (String id : ids(find, parent)) {
                        if (!listed.contains(Arrays.asList(parent, id))) {
                            int unused = execute(delete, new @Nullable Object[] {parent, id});
                        }
                    }
                }
            }
        }
    }

    private static List<String> ids(PreparedStatement find, String parent) throws SQLException {
        List<String> ids = new ArrayList<>();
        find.setString(1, parent);
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    private static void writeChildren(Connection connection, ChildRows children) throws SQLException {
        ChildTable table = children.table();
        List<Field> fields = MirrorSql.fields(table);
        String sql = "insert into %s (%s) values (%s) on conflict (%s, %s) %s"
                .formatted(
                        table.name(),
                        names(fields),
                        marks(fields),
                        table.parentColumn(),
                        table.idColumn(),
                        MirrorSql.updateIfDifferent(table));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : children.rows()) {
                int unused = execute(statement, row);
            }
        }
    }

    @Override
    public void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND_AUDIT)) {
            for (AuditEntry entry : entries) {
                int unused = execute(statement, new @Nullable Object[] {
                    entry.messageId(),
                    entry.type(),
                    entry.occurredAt(),
                    entry.userId(),
                    entry.sessionId(),
                    entry.clientIp(),
                    entry.userAgent()
                });
            }
        }
    }

    @Override
    public @Nullable StoredMessage claimDue(Connection connection, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM_DUE)) {
            statement.setLong(1, now);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? InboxSql.stored(row) : null;
            }
        }
    }

    @Override
    public Set<RunRow.Key> appendRuns(Connection connection, List<RunRow> runs) throws SQLException {
        return SqliteRuns.append(connection, runs);
    }

    @Override
    public void lockLanes(Connection connection, Collection<String> entityIds, boolean exclusive) {
        // No lock, as above.
    }

    @Override
    public void abort(Connection connection, BooleanSupplier isBack) throws SQLException {
        SqliteRuns.abort(connection);
    }

    private static int execute(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Boolean flag) {
                statement.setInt(i + 1, flag ? 1 : 0);
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Instant time) {
                statement.setString(i + 1, iso(time));
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
        return statement.executeUpdate();
    }

    private static String iso(Instant time) {
        return ISO_MILLIS.format(time);
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }

    private static String marks(List<Field> fields) {
        return fields.stream().map(field -> "?").collect(Collectors.joining(", "));
    }
}
