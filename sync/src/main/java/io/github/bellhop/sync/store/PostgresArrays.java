package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.store.MirrorSql.Field;
import io.github.bellhop.sync.store.Sql.Parameter;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes rows to PostgreSQL as parameters: one array for each column, which {@code unnest} converts back to rows. The
 * arrays are sent in binary format, with times as milliseconds.
 *
 * <p>The {@code unnest} calls are in a select list, where PostgreSQL evaluates them in lockstep. In a {@code from}
 * clause, the result of each call would first be written to a temporary table. A column that is null in every row is
 * sent as a null array, which {@code unnest} pads with nulls.
 */
final class PostgresArrays {
    private PostgresArrays() {}

    /** Returns the rows as {@code v}, a subquery with one parameter for each field, in the order of the fields. */
    static String rows(List<Field> fields) {
        return fields.stream()
                .map(field -> "unnest(?::" + arrayType(field.type()) + "[]) as " + field.name())
                .collect(Collectors.joining(", ", "(select ", ") as v"));
    }

    /** Returns the columns of {@link #rows}, converted to the types of the table's columns. */
    static String values(List<Field> fields) {
        return fields.stream().map(PostgresArrays::value).collect(Collectors.joining(", "));
    }

    /** Returns the converted columns with their names as aliases. */
    static String named(List<Field> fields) {
        return fields.stream()
                .map(field -> value(field) + " as " + field.name())
                .collect(Collectors.joining(", "));
    }

    /** Returns a statement that inserts the rows into a table. The table's name may be followed by an alias. */
    static String insert(String target, List<Field> fields) {
        return "insert into %s (%s) select %s from %s"
                .formatted(target, MirrorSql.names(fields), values(fields), rows(fields));
    }

    private static String value(Field field) {
        return switch (field.type()) {
            case TEXT, BOOLEAN, BIGINT -> "v." + field.name();
            case TIME -> instant("v." + field.name());
            case JSON -> "v." + field.name() + "::jsonb";
        };
    }

    /**
     * Returns an SQL expression that converts milliseconds to a time. The computation is exact, because it uses whole
     * microseconds, and parses no text.
     */
    static String instant(String millis) {
        return "'epoch'::timestamptz + " + millis + " * interval '1 millisecond'";
    }

    private static String arrayType(Column.Type type) {
        return switch (type) {
            case TEXT, JSON -> "text";
            case BOOLEAN -> "bool";
            case BIGINT, TIME -> "int8";
        };
    }

    /** Returns the parameters for {@link #rows}. */
    static List<Parameter> columns(List<Field> fields, List<@Nullable Object[]> rows) {
        List<Parameter> columns = new ArrayList<>();
        for (int column = 0; column < fields.size(); column++) {
            int index = column;
            columns.add(
                    switch (fields.get(column).type()) {
                        case TEXT, JSON -> texts(rows, row -> (String) row[index]);
                        case BOOLEAN -> booleans(rows, row -> (Boolean) row[index]);
                        case BIGINT -> longs(rows, row -> (Long) row[index]);
                        case TIME -> longs(rows, row -> millis((Instant) row[index]));
                    });
        }
        return columns;
    }

    static <T> Parameter texts(List<T> rows, Function<T, @Nullable String> value) {
        return array("text", rows, value, String[]::new);
    }

    /** Returns the sorted ids, so that all transactions access rows in the same order. */
    static Parameter ids(Collection<String> ids) {
        return texts(ids.stream().sorted().toList(), Function.identity());
    }

    static <T> Parameter longs(List<T> rows, Function<T, @Nullable Long> value) {
        return array("int8", rows, value, Long[]::new);
    }

    static <T> Parameter booleans(List<T> rows, Function<T, @Nullable Boolean> value) {
        return array("bool", rows, value, Boolean[]::new);
    }

    static <T> Parameter integers(List<T> rows, Function<T, @Nullable Integer> value) {
        return array("int4", rows, value, Integer[]::new);
    }

    private static <T, V> Parameter array(
            String type, List<T> rows, Function<T, @Nullable V> value, IntFunction<@Nullable V[]> array) {
        @Nullable V[] values = array.apply(rows.size());
        boolean hasValue = false;
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
            hasValue |= values[i] != null;
        }
        if (!hasValue) {
            return (statement, index) -> statement.setNull(index, Types.ARRAY, "_" + type);
        }
        return (statement, index) ->
                statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }
}
