package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.Version;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maps a record's components to columns in statements and results. A component is mapped to the column that has the
 * component's name in snake_case. A null id becomes empty, and a null flag false; {@code stub} is derived from the
 * version.
 */
final class RowColumns<T extends Record> {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final String STUB = "stub";

    private final List<RecordComponent> components;
    private final List<String> names;
    private final Constructor<T> constructor;

    RowColumns(Class<T> type) {
        components = List.of(type.getRecordComponents());
        names = components.stream().map(RowColumns::column).toList();
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("Every record has this constructor.", impossible);
        }
    }

    private static String column(RecordComponent component) {
        String name = component.getName();
        return name.equals(STUB)
                ? "bellhop_version"
                : WORD_START.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** Returns the columns' names. */
    List<String> names() {
        return names;
    }

    /** Returns a select list for the table with this alias. Each column's label is prefixed with the alias. */
    String of(String alias) {
        return names.stream()
                .map(name -> alias + "." + name + " as " + alias + "_" + name)
                .collect(Collectors.joining(", "));
    }

    /** Reads a record from the columns of the table with this alias; empty if a left join found no row. */
    Optional<T> find(ResultSet row, String alias) throws SQLException {
        return row.getString(alias + "_id") == null ? Optional.empty() : Optional.of(read(row, alias));
    }

    /** Reads a record from the columns of the table with this alias. */
    T read(ResultSet row, String alias) throws SQLException {
        @Nullable Object[] values = new Object[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, alias + "_" + names.get(i), components.get(i));
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("The record could not be created from a row.", impossible);
        }
    }

    private static @Nullable Object value(ResultSet row, String label, RecordComponent component) throws SQLException {
        Class<?> type = component.getType();
        if (component.getName().equals(STUB)) {
            String version = row.getString(label);
            return version != null && new Version(version).isNested();
        }
        if (type == boolean.class) {
            return row.getBoolean(label);
        }
        if (type == Long.class) {
            long number = row.getLong(label);
            return row.wasNull() ? null : (Long) number;
        }
        if (type == Instant.class) {
            Object value = row.getObject(label);
            return value == null
                    ? null
                    : value instanceof Timestamp time ? time.toInstant() : Instant.parse(value.toString());
        }
        String text = row.getString(label);
        return text == null && component.getName().equals("id") ? "" : text;
    }
}
