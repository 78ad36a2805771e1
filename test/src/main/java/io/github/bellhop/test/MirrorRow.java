package io.github.bellhop.test;

import io.github.bellhop.sync.read.ShownRow;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of one row at the time of the query, with assertions on it. Query again to see later changes. Immutable.
 */
public final class MirrorRow {
    private static final JsonMapper JSON = new JsonMapper();

    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final String what;
    private final @Nullable ShownRow row;

    MirrorRow(String what, @Nullable ShownRow row) {
        this.what = what;
        this.row = row;
    }

    /** Asserts that the row exists and is not deleted. */
    public MirrorRow isLive() {
        Map<String, @Nullable Object> values = values();
        if (values.get("deleted_at") != null) {
            throw new AssertionError(what + " was deleted at " + values.get("deleted_at") + ".");
        }
        return this;
    }

    /** Asserts that the row exists and is deleted. */
    public MirrorRow isDeleted() {
        if (values().get("deleted_at") == null) {
            throw new AssertionError(what + " is not deleted.");
        }
        return this;
    }

    /** Asserts that the row does not exist. */
    public void isAbsent() {
        if (row != null) {
            throw new AssertionError(what + " is in the mirror: " + row.values());
        }
    }

    /**
     * Asserts one value.
     *
     * @param column a column of the table
     * @param value  a string, a whole number, a boolean, an {@link Instant} (compared to the millisecond), a JSON value
     *               as it is stored, or null
     */
    public MirrorRow has(String column, @Nullable Object value) {
        Map<String, @Nullable Object> values = values();
        if (!values.containsKey(column)) {
            throw new AssertionError(what + " has no column " + column + ". Its columns are " + values.keySet() + ".");
        }
        Object actual = values.get(column) instanceof ShownRow.Json json ? json.text() : values.get(column);
        if (!Objects.equals(actual, comparable(value))) {
            throw new AssertionError(what + " has " + column + " = " + actual + ", not " + value + ".");
        }
        return this;
    }

    /**
     * Asserts one value inside a JSON column, such as {@code hasJson("public_metadata", "plan.name", "pro")}.
     *
     * @param path  keys and array indexes (from 0) separated by dots
     * @param value a string, a number, a boolean, a list or a map; null also matches a missing value
     */
    public MirrorRow hasJson(String column, String path, @Nullable Object value) {
        if (!(values().get(column) instanceof ShownRow.Json json)) {
            throw new AssertionError(what + " has no JSON in " + column + ", but " + values().get(column) + ".");
        }
        JsonNode found = JSON.readTree(json.text()).at(pointer(path));
        // Convert the value through JSON, so that numbers have the same Java types.
        JsonNode wanted = JSON.readTree(JSON.writeValueAsString(value));
        if (!(found.isMissingNode() ? wanted.isNull() : found.equals(wanted))) {
            throw new AssertionError(what + " has " + found + " at " + path + " of " + column + ", not " + value + ".");
        }
        return this;
    }

    private static String pointer(String path) {
        return "/" + path.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Instant time) {
            return ISO_MILLIS.format(time);
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    private Map<String, @Nullable Object> values() {
        if (row == null) {
            throw new AssertionError(what + " is not in the mirror.");
        }
        return row.values();
    }
}
