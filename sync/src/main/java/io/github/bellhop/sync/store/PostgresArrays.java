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
 * Rows as parameters of PostgreSQL: one array per column, which {@code unnest} turns into rows again. The arrays travel
 * in binary, times as milliseconds.
 *
 * <p>The arrays stand in a select list, where PostgreSQL reads them in step; as functions in {@code from} each of them
 * would first be written into a table of its own. A column that is null in every row travels as no array at all: where
 * others are longer, {@code unnest} goes on with nulls.
 */
final class PostgresArrays {
    private PostgresArrays() {}

    /** The rows' columns as {@code v}, a subquery with one parameter per column, in this order. */
    static String rows(List<Field> fields) {
        return fields.stream()
                .map(field -> "unnest(?::" + arrayType(field.type()) + "[]) as " + field.name())
                .collect(Collectors.joining(", ", "(select ", ") as v"));
    }

    /** The columns of {@link #rows} as values of their columns' types. */
    static String values(List<Field> fields) {
        return fields.stream().map(PostgresArrays::value).collect(Collectors.joining(", "));
    }

    /** The same under the columns' names. */
    static String named(List<Field> fields) {
        return fields.stream()
                .map(field -> value(field) + " as " + field.name())
                .collect(Collectors.joining(", "));
    }

    /** An insert of the rows into a table, or into one with an alias. */
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

    /** An expression in milliseconds as a time. Whole microseconds in between: exact, and no text to parse. */
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

    /** The parameters that {@link #rows} asks for. */
    static List<Parameter> columns(List<Field> fields, List<@Nullable Object[]> rows) {
        List<Parameter> columns = new ArrayList<>();
        for (int column = 0; column < fields.size(); column++) {
            int at = column;
            columns.add(
                    switch (fields.get(column).type()) {
                        case TEXT, JSON -> texts(rows, row -> (String) row[at]);
                        case BOOLEAN -> booleans(rows, row -> (Boolean) row[at]);
                        case BIGINT -> longs(rows, row -> (Long) row[at]);
                        case TIME -> longs(rows, row -> millis((Instant) row[at]));
                    });
        }
        return columns;
    }

    static <T> Parameter texts(List<T> rows, Function<T, @Nullable String> value) {
        return array("text", rows, value, String[]::new);
    }

    /** Ids, sorted, so that rows are met in the same order by everybody. */
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
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
            any |= values[i] != null;
        }
        if (!any) {
            return (statement, place) -> statement.setNull(place, Types.ARRAY, "_" + type);
        }
        return (statement, place) ->
                statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }
}
