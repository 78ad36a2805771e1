package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.MirrorSql.Field;
import io.github.bellhop.sync.store.Sql.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the PostgreSQL dialect that writes rows of the mirror and rows of their lists. Each statement writes a
 * whole batch.
 */
interface PostgresRows extends Dialect {
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
        StringBuilder sql =
                new StringBuilder(first.existing() ? update(first.table(), fields) : upsert(first.table(), fields));
        // The lists are sent in the same round trip. Each statement checks whether the parent was written.
        lists.forEach(list -> sql.append(";\n").append(writeChildren(first.table(), list.table())));
        Map<String, RowOutcome> written = new HashMap<>();
        List<Parameter> parameters = new ArrayList<>(PostgresArrays.columns(fields, values(rows, deletedAt, now)));
        lists.forEach(list -> parameters.addAll(childColumns(list, rows)));
        Sql.of(sql.toString(), parameters)
                .eachOfSeveral(
                        connection,
                        List.of(row -> written.put(
                                row.getString(1), row.getBoolean(2) ? RowOutcome.INSERTED : RowOutcome.UPDATED)));
        if (first.existing() && written.size() < rows.size()) {
            missing(connection, rows).forEach(id -> written.put(id, RowOutcome.MISSING));
        }
        return rows.stream()
                .map(row -> written.getOrDefault(row.id(), RowOutcome.STALE))
                .toList();
    }

    private static Set<String> missing(Connection connection, List<EntityRow> rows) throws SQLException {
        Set<String> missing = rows.stream().map(EntityRow::id).collect(Collectors.toCollection(HashSet::new));
        String sql = "select id from %s where id = any(?)"
                .formatted(rows.get(0).table().name());
        Sql.of(sql, PostgresArrays.ids(missing)).each(connection, row -> missing.remove(row.getString(1)));
        return missing;
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
        // For a row that this statement inserted, xmax is 0, because no transaction has updated or deleted it.
        return PostgresArrays.insert(table.name() + " as t", fields)
                + " on conflict (id) do update set " + set(fields, "excluded")
                + " where excluded.bellhop_version >= t.bellhop_version returning t.id, t.xmax = 0";
    }

    /** Returns a statement that only updates existing rows. */
    private static String update(MirrorTable table, List<Field> fields) {
        return "update %s as t set %s from (select %s from %s) as w where t.id = w.id and w.bellhop_version >= t.bellhop_version returning t.id, false"
                .formatted(table.name(), set(fields, "w"), PostgresArrays.named(fields), PostgresArrays.rows(fields));
    }

    /** Returns assignments that copy the values of the row with this alias. */
    private static String set(List<Field> fields, String row) {
        return fields.stream()
                .skip(1)
                .map(Field::name)
                .map(name -> name.equals("deleted_at")
                        ? "deleted_at = least(t.deleted_at, " + row + ".deleted_at)"
                        : name + " = " + row + "." + name)
                .collect(Collectors.joining(", "));
    }

    /** A parent was written if its stored version equals the version of the row to write. */
    private static String writeChildren(MirrorTable table, ChildTable child) {
        List<Field> fields = new ArrayList<>(MirrorSql.fields(child));
        String names = MirrorSql.names(fields);
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

    private static List<Parameter> childColumns(ChildRows children, List<EntityRow> parents) {
        Map<String, String> versions = new HashMap<>();
        parents.forEach(parent -> versions.put(parent.id(), parent.version().text()));
        List<Parameter> columns =
                new ArrayList<>(PostgresArrays.columns(MirrorSql.fields(children.table()), children.rows()));
        columns.add(PostgresArrays.texts(children.rows(), row -> versions.get((String) row[0])));
        return columns;
    }

    @Override
    default void removeUnlisted(Connection connection, List<ChildRows> lists) throws SQLException {
        // One statement for all tables, because in most of them there is nothing to remove.
        String deletes = lists.stream()
                .map(list -> """
                        %1$s as (delete from %1$s c where %2$s = any(?) and not exists (
                            select from unnest(?::text[], ?::text[]) as listed (parent, id)
                            where listed.parent = c.%2$s and listed.id = c.%3$s))""".formatted(
                                list.table().name(),
                                list.table().parentColumn(),
                                list.table().idColumn()))
                .collect(Collectors.joining(", "));
        List<Parameter> parameters = new ArrayList<>();
        for (ChildRows list : lists) {
            parameters.add(PostgresArrays.ids(list.parents()));
            parameters.add(PostgresArrays.texts(list.rows(), row -> (String) row[0]));
            parameters.add(PostgresArrays.texts(list.rows(), row -> (String) row[1]));
        }
        Sql.of("with " + deletes + " select", parameters).eachOfSeveral(connection, List.of());
    }
}
