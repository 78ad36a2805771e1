package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Dialect.ChildRows;
import io.github.bellhop.sync.store.Dialect.RowOutcome;
import io.github.bellhop.sync.store.MirrorSql.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rows of the mirror and of their lists are written to PostgreSQL: a whole batch per statement. */
final class PostgresRows {
    private PostgresRows() {}

    static List<RowOutcome> upsert(
            Connection connection,
            List<EntityRow> rows,
            List<@Nullable Long> deletedAt,
            List<ChildRows> lists,
            Instant now)
            throws SQLException {
        EntityRow first = rows.get(0);
        List<Field> fields = MirrorSql.fields(first.table(), first.present());
        StringBuilder sql = new StringBuilder(upsert(first.table(), fields));
        // In the same round trip: each asks whether its parent was written.
        lists.forEach(list -> sql.append(";\n").append(writeChildren(first.table(), list.table())));
        Map<String, RowOutcome> written = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int place = PostgresArrays.bind(statement, 1, fields, values(rows, deletedAt, now));
            for (ChildRows list : lists) {
                place = bindChildren(statement, place, list, rows);
            }
            statement.execute();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    written.put(row.getString(1), row.getBoolean(2) ? RowOutcome.INSERTED : RowOutcome.UPDATED);
                }
            }
        }
        return rows.stream()
                .map(row -> written.getOrDefault(row.id(), RowOutcome.STALE))
                .toList();
    }

    private static List<@Nullable Object[]> values(List<EntityRow> rows, List<@Nullable Long> deletedAt, Instant now) {
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            values.add(MirrorSql.values(rows.get(i), deletedAt.get(i), now));
        }
        values.sort(Comparator.comparing(row -> (String) Objects.requireNonNull(row[0])));
        return values;
    }

    private static String upsert(MirrorTable table, List<Field> fields) {
        String set = fields.stream()
                .skip(1)
                .map(Field::name)
                .map(name -> name.equals("deleted_at")
                        ? "deleted_at = least(t.deleted_at, excluded.deleted_at)"
                        : name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        // A row that this statement inserted has no deleting transaction yet: xmax is 0.
        return insertFromArrays(table.name() + " as t", fields)
                + " on conflict (id) do update set " + set
                + " where excluded.bellhop_version >= t.bellhop_version returning t.id, t.xmax = 0";
    }

    private static String insertFromArrays(String target, List<Field> fields) {
        String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
        return "insert into %s (%s) select %s from %s"
                .formatted(target, names, PostgresArrays.values(fields), PostgresArrays.rows(fields));
    }

    /** A parent that has the version of the row that was to be written was written. */
    private static String writeChildren(MirrorTable table, ChildTable child) {
        List<Field> fields = new ArrayList<>(MirrorSql.fields(child));
        String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
        String values = PostgresArrays.values(fields);
        fields.add(MirrorSql.VERSION);
        return """
                insert into %s (%s) select %s from %s
                where exists (select from %s p where p.id = v.%s and p.bellhop_version = v.bellhop_version)
                on conflict (%s, %s) %s""".formatted(
                        child.name(),
                        names,
                        values,
                        PostgresArrays.rows(fields),
                        table.name(),
                        child.parentColumn(),
                        child.parentColumn(),
                        child.idColumn(),
                        MirrorSql.updateIfDifferent(child));
    }

    private static int bindChildren(PreparedStatement statement, int from, ChildRows children, List<EntityRow> parents)
            throws SQLException {
        Map<String, String> versions = new HashMap<>();
        parents.forEach(parent -> versions.put(parent.id(), parent.version().text()));
        int place = PostgresArrays.bind(statement, from, MirrorSql.fields(children.table()), children.rows());
        PostgresArrays.bindTexts(statement, place, children.rows(), row -> versions.get((String) row[0]));
        return place + 1;
    }

    static void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException {
        // One statement, whatever the number of tables: most of them have nothing to remove.
        String deletes = lists.stream()
                .map(list -> """
                        %1$s as (delete from %1$s c where %2$s = any(?) and not exists (
                            select from unnest(?::text[], ?::text[]) as listed (parent, id)
                            where listed.parent = c.%2$s and listed.id = c.%3$s))""".formatted(
                                list.table().name(),
                                list.table().parentColumn(),
                                list.table().idColumn()))
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("with " + deletes + " select")) {
            int place = 1;
            for (ChildRows list : lists) {
                PostgresArrays.bindIds(statement, place++, list.parents());
                PostgresArrays.bindTexts(statement, place++, list.rows(), row -> (String) row[0]);
                PostgresArrays.bindTexts(statement, place++, list.rows(), row -> (String) row[1]);
            }
            statement.execute();
        }
    }
}
