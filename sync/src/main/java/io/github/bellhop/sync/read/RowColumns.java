package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a table that a record is made of, in statements and in their results. */
final class RowColumns {
    private final List<String> names;

    RowColumns(String... names) {
        this.names = List.of(names);
    }

    /** For a select list: each column of the table with this alias, under a name that tells the two apart. */
    String of(String alias) {
        return names.stream()
                .map(name -> alias + "." + name + " as " + alias + "_" + name)
                .collect(Collectors.joining(", "));
    }

    /** The values of the columns of the table with an alias, in one row. */
    record Values(ResultSet row, String alias) {
        String id(String column) throws SQLException {
            String id = text(column);
            return id == null ? "" : id;
        }

        @Nullable
        String text(String column) throws SQLException {
            return row.getString(label(column));
        }

        boolean flag(String column) throws SQLException {
            return row.getBoolean(label(column));
        }

        @Nullable
        Long number(String column) throws SQLException {
            long number = row.getLong(label(column));
            return row.wasNull() ? null : (Long) number;
        }

        @Nullable
        Instant time(String column) throws SQLException {
            Object value = row.getObject(label(column));
            if (value == null) {
                return null;
            }
            return value instanceof Timestamp time ? time.toInstant() : Instant.parse(value.toString());
        }

        /** Whether there is a row at all, where the table was joined on the left. */
        boolean isThere() throws SQLException {
            return text("id") != null;
        }

        boolean isStub() throws SQLException {
            String version = text("bellhop_version");
            return version != null && new Version(version).isNested();
        }

        private String label(String column) {
            return alias + "_" + column;
        }
    }
}
