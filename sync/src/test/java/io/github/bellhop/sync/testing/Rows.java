package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads rows in the same form from every database: times as ISO strings, booleans as 0 and 1. */
public final class Rows {
    private Rows() {}

    public static List<Map<String, Object>> query(Database database, String sql, Object... parameters) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    List<Map<String, Object>> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(row(rows));
                    }
                    return found;
                }
            }
        });
    }

    private static Map<String, Object> row(ResultSet rows) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.put(rows.getMetaData().getColumnLabel(i), plain(rows.getObject(i)));
        }
        return row;
    }

    private static Object plain(Object value) {
        if (value instanceof Timestamp time) {
            String iso = time.toInstant().toString();
            return iso.length() == 20 ? iso.substring(0, 19) + ".000Z" : iso;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value == null || value instanceof Number || value instanceof byte[] ? value : value.toString();
    }

    public static Map<String, Object> one(Database database, String sql, Object... parameters) {
        List<Map<String, Object>> rows = query(database, sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row but found " + rows.size() + ": " + sql);
        }
        return rows.get(0);
    }

    public static long count(Database database, String table) {
        return ((Number) one(database, "select count(*) as n from " + table).get("n")).longValue();
    }

    public static void execute(Database database, String sql) {
        database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
