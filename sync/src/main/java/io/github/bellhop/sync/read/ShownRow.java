package io.github.bellhop.sync.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row, the same whichever database it came from.
 *
 * @param table  its table
 * @param values column to value, in the order of the table: {@code String} (times too: ISO-8601 in UTC), {@code Long},
 *     {@code Boolean}, {@link Json}, null
 */
public record ShownRow(String table, Map<String, @Nullable Object> values) {
    /** Copies, keeping the order. */
    public ShownRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A value that is JSON itself.
     *
     * @param text the JSON
     */
    public record Json(String text) {}
}
