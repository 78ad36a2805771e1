package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.ClerkTime;
import io.github.bellhop.sync.mirror.PayloadTree.JsonNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a JSON value into a column's: {@code String} for text and JSON, {@code Instant} in whole milliseconds,
 * {@code Long}, {@code Boolean}. What does not fit gives {@link #MISFIT}, never an exception.
 */
final class ColumnValue {
    /** The answer for a value that its column cannot hold. */
    static final Object MISFIT = new Object();

    /** The longest id that is indexed and stored. */
    static final int MAX_ID_LENGTH = 255;

    private ColumnValue() {}

    static @Nullable Object of(Column column, @Nullable Object json) {
        if (json == null || (column.empty() == Column.Empty.NULL && json.equals(""))) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> text(column, json);
            case BOOLEAN -> json instanceof Boolean ? json : MISFIT;
            case BIGINT -> orMisfit(number(json));
            case TIME -> time(json);
            case JSON -> orMisfit(JsonText.of(json));
        };
    }

    private static Object text(Column column, Object json) {
        if (json instanceof Map<?, ?> || json instanceof List<?>) {
            return MISFIT;
        }
        String text = json instanceof JsonNumber number ? number.text() : json.toString();
        return text.length() > MAX_ID_LENGTH && isId(column) ? MISFIT : text;
    }

    private static boolean isId(Column column) {
        return column.name().endsWith("_id") || column.name().equals("created_by");
    }

    private static Object time(Object json) {
        Long value = number(json);
        Long millis = value == null ? null : ClerkTime.millis(value);
        return millis == null ? MISFIT : Instant.ofEpochMilli(millis);
    }

    /** A whole number of 64 bits, also when written with a fraction of zeros; else null. */
    static @Nullable Long number(@Nullable Object json) {
        if (!(json instanceof JsonNumber number)) {
            return null;
        }
        String text = number.text();
        int point = text.indexOf('.');
        if (point >= 0 && text.substring(point + 1).chars().allMatch(c -> c == '0')) {
            text = text.substring(0, point);
        }
        try {
            return text.length() > 20 ? null : (Long) Long.parseLong(text);
        } catch (NumberFormatException notWhole) {
            return null;
        }
    }

    private static Object orMisfit(@Nullable Object value) {
        return value == null ? MISFIT : value;
    }
}
