package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole content of a database: every row of every table, including tables that Bellhop did not create. */
public final class Dump {
    private Dump() {}

    /** Returns one line for each row, in a fixed order. */
    public static List<String> of(Database database) {
        List<String> lines = new ArrayList<>();
        for (String table : tables(database)) {
            for (Map<String, Object> row : Rows.query(database, "select * from " + table)) {
                StringBuilder line = new StringBuilder(table);
                row.forEach((column, value) ->
                        line.append(' ').append(column).append('=').append(text(value)));
                lines.add(line.toString());
            }
        }
        lines.sort(null);
        return lines;
    }

    private static List<String> tables(Database database) {
        String sql = database.dialect().name().equals("SQLite")
                ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                : "select table_name as name from information_schema.tables"
                        + " where table_schema = current_schema() and table_type = 'BASE TABLE'";
        return Rows.query(database, sql).stream()
                .map(row -> (String) row.get("name"))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
