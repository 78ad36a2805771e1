package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.store.MirrorSql.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the SQLite dialect that writes rows. They are written one by one, because statements run in this process.
 */
interface SqliteRows extends Dialect {
    @Override
    default List<RowOutcome> upsert(
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
        try (PreparedStatement insert =
                        connection.prepareStatement(insert(first.table().name(), fields));
                PreparedStatement update = connection.prepareStatement(update(first.table(), fields))) {
            for (int i = 0; i < rows.size(); i++) {
                @Nullable Object[] values = MirrorSql.values(rows.get(i), deletedAt.get(i), now);
                RowOutcome outcome = RowOutcome.INSERTED;
                if (rows.get(i).existing() || execute(insert, values) == 0) {
                    outcome = execute(update, values) == 1 ? RowOutcome.UPDATED : RowOutcome.STALE;
                }
                if (outcome == RowOutcome.STALE) {
                    outcomes.add(rows.get(i).existing() ? outcomeOf(connection, rows.get(i)) : outcome);
                } else {
                    outcomes.add(outcome);
                    written.add(rows.get(i).id());
                }
            }
        }
        for (ChildRows list : lists) {
            writeChildren(connection, list.of(written));
        }
        return outcomes;
    }

    /** Returns the outcome of a row that was not changed. */
    private static RowOutcome outcomeOf(Connection connection, EntityRow row) throws SQLException {
        String sql = "select id from %s where id = ?".formatted(row.table().name());
        return Sql.of(sql, row.id()).exists(connection) ? RowOutcome.STALE : RowOutcome.MISSING;
    }

    private static String insert(String table, List<Field> fields) {
        return "insert into %s (%s) values (%s) on conflict do nothing"
                .formatted(table, MirrorSql.names(fields), Sql.marks(fields.size()));
    }

    /**
     * Returns an update statement whose parameters have the same order as those of the insert: the id first, the
     * version last.
     */
    private static String update(MirrorTable table, List<Field> fields) {
        StringBuilder set = new StringBuilder();
        for (int i = 1; i < fields.size(); i++) {
            String name = fields.get(i).name();
            String mark = "?" + (i + 1);
            set.append(i == 1 ? "" : ", ").append(name).append(" = ");
            // The earlier of the two times of deletion; either may be null.
            set.append(
                    name.equals("deleted_at")
                            ? "coalesce(min(deleted_at, %1$s), deleted_at, %1$s)".formatted(mark)
                            : mark);
        }
        return "update %s set %s where id = ?1 and bellhop_version <= ?%d".formatted(table.name(), set, fields.size());
    }

    @Override
    default void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException {
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
                        MirrorSql.names(fields),
                        Sql.marks(fields.size()),
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
    default Set<String> appendMessages(Connection connection, Collection<PreparedMessage> messages)
            throws SQLException {
        List<Field> fields = Stream.concat(InboxSql.MESSAGE_FIELDS.stream(), Stream.of(Field.text("payload")))
                .toList();
        List<PreparedMessage> added = append(connection, "bellhop_inbox", fields, messages, message -> {
            @Nullable Object[] values = Arrays.copyOf(InboxSql.values(message), fields.size());
            values[values.length - 1] = message.payload();
            return values;
        });
        return added.stream().map(PreparedMessage::messageId).collect(Collectors.toSet());
    }

    @Override
    default Set<RunRow.Key> appendRuns(Connection connection, Collection<RunRow> runs, boolean heads)
            throws SQLException {
        return append(connection, "bellhop_handler_runs", InboxSql.RUN_FIELDS, runs, run -> InboxSql.values(run, heads))
                .stream()
                .map(RunRow::key)
                .collect(Collectors.toSet());
    }

    @Override
    default void appendAudit(Connection connection, List<AuditEntry> entries) throws SQLException {
        var unused = append(connection, ClerkTables.AUDIT_LOG, MirrorSql.AUDIT_FIELDS, entries, MirrorSql::values);
    }

    /** Inserts rows that do not exist yet. Returns the inserted rows. */
    private static <T> List<T> append(
            Connection connection,
            String table,
            List<Field> fields,
            Collection<T> rows,
            Function<T, @Nullable Object[]> values)
            throws SQLException {
        List<T> added = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(insert(table, fields))) {
            for (T row : rows) {
                if (execute(statement, values.apply(row)) == 1) {
                    added.add(row);
                }
            }
        }
        return added;
    }

    private static int execute(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Boolean flag) {
                statement.setInt(i + 1, flag ? 1 : 0);
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Instant time) {
                statement.setString(i + 1, Sql.iso(time));
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
        return statement.executeUpdate();
    }
}
