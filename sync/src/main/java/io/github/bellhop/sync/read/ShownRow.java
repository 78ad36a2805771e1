package io.github.bellhop.sync.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row for display. It has the same form for every database.
 *
 * @param table  the row's table
 * @param values the values by column, in the table's order: {@code String} (also for times, in ISO-8601 and UTC),
 *               {@code Long}, {@code Boolean}, {@link Json} or null
 */
public record ShownRow(String table, Map<String, @Nullable Object> values) {
    /** Copies the values and keeps their order. */
    public ShownRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A JSON value.
     *
     * @param text the JSON
     */
    public record Json(String text) {}
}
