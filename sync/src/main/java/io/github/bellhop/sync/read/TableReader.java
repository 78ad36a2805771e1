package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows for display, without payloads. Thread-safe. */
public final class TableReader {
    private static final int MAX_CHILDREN = 100;
    private final Database database;

    /** Creates a reader for this database. */
    public TableReader(Database database) {
        this.database = database;
    }

    /** Returns the names of all tables that can be read. */
    public static List<String> tables() {
        return ReadableTable.ALL.stream().map(ReadableTable::name).toList();
    }

    /**
     * Returns the newest rows of a table.
     *
     * @param table one of {@link #tables()}
     * @param limit the maximum number of rows
     * @throws IllegalArgumentException if the table is not one of {@link #tables()}
     * @throws StoreException if the database cannot be read, for example because the table does not exist yet
     */
    public List<ShownRow> newest(String table, int limit) {
        ReadableTable readable = ReadableTable.ALL.stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown table: " + table));
        String columns = String.join(", ", readable.columns().keySet());
        String order = " order by " + readable.newestFirst() + " limit " + limit;
        String parts = readable.parts().stream()
                .map(part -> "select * from (select %s from %s where %s%s) as part"
                        .formatted(columns, readable.name(), part, order))
                .collect(Collectors.joining(" union all "));
        return run(readable, Sql.of("select %s from (%s) as parts%s".formatted(columns, parts, order)));
    }

    /**
     * Returns an entity's row, the rows that belong to it, and its messages: at most the newest {@value #MAX_CHILDREN}
     * rows of each table. Empty if no table contains the id.
     */
    public List<ShownRow> entity(String id) {
        List<ShownRow> rows = new ArrayList<>();
        for (ReadableTable table : ReadableTable.ALL) {
            for (String reference : table.references()) {
                String condition =
                        "where %s = ? order by %s limit %d".formatted(reference, table.newestFirst(), MAX_CHILDREN);
                String columns = String.join(", ", table.columns().keySet());
                rows.addAll(run(table, Sql.of("select %s from %s %s".formatted(columns, table.name(), condition), id)));
            }
        }
        return rows;
    }

    private List<ShownRow> run(ReadableTable table, Sql statement) {
        return database.read(connection -> {
            List<ShownRow> rows = statement.list(connection, row -> row(table, row));
            return table.parents().isEmpty() ? rows : withParents(connection, table, rows);
        });
    }

    /** Shows a row as deleted if its parent was deleted, even if the row itself is not marked yet. */
    private static List<ShownRow> withParents(Connection connection, ReadableTable table, List<ShownRow> rows)
            throws SQLException {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> table.parents().keySet().forEach(column -> ids.add(text(row, column))));
        Map<EntityKey, Long> deletedAt = OpenCascades.deletedAt(connection, ids);
        return deletedAt.isEmpty()
                ? rows
                : rows.stream().map(row -> withParents(table, row, deletedAt)).toList();
    }

    private static ShownRow withParents(ReadableTable table, ShownRow row, Map<EntityKey, Long> deletedAt) {
        Optional<String> earliest = table.parents().entrySet().stream()
                .map(parent -> deletedAt.get(new EntityKey(parent.getValue().entity(), text(row, parent.getKey()))))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(millis -> Sql.iso(Instant.ofEpochMilli(millis)));
        Object own = row.values().get("deleted_at");
        if (earliest.isEmpty() || (own != null && own.toString().compareTo(earliest.get()) <= 0)) {
            return row;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.put("deleted_at", earliest.get());
        return new ShownRow(row.table(), values);
    }

    private static String text(ShownRow row, String column) {
        Object value = row.values().get(column);
        return value == null ? "" : value.toString();
    }

    private static ShownRow row(ReadableTable table, ResultSet found) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Column.Type> column : table.columns().entrySet()) {
            boolean millis = table.isMillis(column.getKey());
            values.put(
                    column.getKey(),
                    millis ? time(found, column.getKey()) : value(found, column.getKey(), column.getValue()));
        }
        return new ShownRow(table.name(), values);
    }

    private static @Nullable String time(ResultSet found, String column) throws SQLException {
        long millis = found.getLong(column);
        return found.wasNull() ? null : Sql.iso(Instant.ofEpochMilli(millis));
    }

    private static @Nullable Object value(ResultSet found, String column, Column.Type type) throws SQLException {
        Object value = found.getObject(column);
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TEXT -> found.getString(column);
            case BOOLEAN -> found.getBoolean(column);
            case BIGINT -> found.getLong(column);
            case TIME -> value instanceof Timestamp time ? Sql.iso(time.toInstant()) : value.toString();
            case JSON -> new ShownRow.Json(found.getString(column));
        };
    }
}
