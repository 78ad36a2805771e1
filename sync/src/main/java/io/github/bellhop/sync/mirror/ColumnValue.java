package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.ClerkTime;
import io.github.bellhop.sync.mirror.PayloadTree.JsonNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON values to column values: {@code String} for text and JSON, {@code Instant} with millisecond precision,
 * {@code Long}, {@code Boolean}. A value that does not fit its column becomes null and counts as a misfit; it never
 * causes an exception.
 */
final class ColumnValue {
    private ColumnValue() {}

    static @Nullable Object of(Column column, @Nullable Object json, PayloadView view, AtomicInteger misfits) {
        if (json == null || (column.empty() == Column.Empty.NULL && json.equals(""))) {
            return null;
        }
        Object value = switch (column.type()) {
            case TEXT -> text(column, json);
            case BOOLEAN -> json instanceof Boolean ? json : null;
            case BIGINT -> number(json);
            case TIME -> time(json);
            case JSON -> JsonText.of(json, view, misfits);
        };
        if (value == null) {
            misfits.incrementAndGet();
        }
        return value;
    }

    private static @Nullable Object text(Column column, Object json) {
        if (json instanceof Map<?, ?> || json instanceof List<?>) {
            return null;
        }
        String text = json instanceof JsonNumber number ? number.text() : json.toString();
        return text.length() > EntityKey.MAX_ID_LENGTH && column.isId() ? null : text;
    }

    private static @Nullable Object time(Object json) {
        Long value = number(json);
        Long millis = value == null ? null : ClerkTime.millis(value);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** Returns the value as a 64-bit integer, even if it is written like 5.00; null if it is not a 64-bit integer. */
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
        } catch (NumberFormatException ignored) {
            return null;
        }
    }
}
