package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.ColumnType;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows for people. Payloads are never among them. Safe for concurrent use. */
public final class TableReader {
    private static final int MOST_CHILDREN = 100;
    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Database database;

    /** A reader of this database. */
    public TableReader(Database database) {
        this.database = database;
    }

    /** The names of all tables that can be read. */
    public static List<String> tables() {
        return ReadableTable.ALL.stream().map(ReadableTable::name).toList();
    }

    /**
     * The newest rows of a table.
     *
     * @param table one of {@link #tables()}
     * @throws StoreException when the database cannot be read, for one because it has no such table yet
     */
    public List<ShownRow> newest(String table, int limit) {
        ReadableTable readable = ReadableTable.ALL.stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such table: " + table));
        String columns = String.join(", ", readable.columns().keySet());
        String order = " order by " + readable.newestFirst() + " limit " + limit;
        String parts = readable.parts().stream()
                .map(part -> "select * from (select %s from %s where %s%s) as part"
                        .formatted(columns, readable.name(), part, order))
                .collect(Collectors.joining(" union all "));
        return run(readable, "select %s from (%s) as parts%s".formatted(columns, parts, order), null);
    }

    /**
     * An entity's row, the rows that belong to it in every table, and its messages; the newest
     * {@value #MOST_CHILDREN} of each table. Empty when nothing is known under that id.
     */
    public List<ShownRow> entity(String id) {
        List<ShownRow> rows = new ArrayList<>();
        for (ReadableTable table : ReadableTable.ALL) {
            for (String reference : table.references()) {
                String condition =
                        "where %s = ? order by %s limit %d".formatted(reference, table.newestFirst(), MOST_CHILDREN);
                rows.addAll(read(table, condition, id));
            }
        }
        return rows;
    }

    private List<ShownRow> read(ReadableTable table, String rest, @Nullable String parameter) {
        String sql = "select %s from %s %s"
                .formatted(String.join(", ", table.columns().keySet()), table.name(), rest);
        return run(table, sql, parameter);
    }

    private List<ShownRow> run(ReadableTable table, String sql, @Nullable String parameter) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (parameter != null) {
                    statement.setString(1, parameter);
                }
                try (ResultSet found = statement.executeQuery()) {
                    List<ShownRow> rows = new ArrayList<>();
                    while (found.next()) {
                        rows.add(row(table, found));
                    }
                    return rows;
                }
            }
        });
    }

    private static ShownRow row(ReadableTable table, ResultSet found) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, ColumnType> column : table.columns().entrySet()) {
            values.put(column.getKey(), value(found, column.getKey(), column.getValue()));
        }
        return new ShownRow(table.name(), values);
    }

    private static @Nullable Object value(ResultSet found, String column, ColumnType type) throws SQLException {
        Object value = found.getObject(column);
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TEXT -> found.getString(column);
            case BOOLEAN -> found.getBoolean(column);
            case BIGINT -> found.getLong(column);
            case TIME -> value instanceof Timestamp time ? ISO_MILLIS.format(time.toInstant()) : value.toString();
            case JSON -> new ShownRow.Json(found.getString(column));
        };
    }
}
