package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.sync.mirror.PayloadTree.JsonNumber;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes values of a {@link PayloadTree} as JSON that every database's JSON type takes. */
final class JsonText {
    /** The digits that PostgreSQL's numeric, and so its jsonb, has room for, before and after the point. */
    private static final int MAX_DIGITS_BEFORE_POINT = 131_072;

    private static final int MAX_DIGITS_AFTER_POINT = 16_383;

    private JsonText() {}

    /** The value as JSON, or null when it holds a number that jsonb refuses. */
    static @Nullable String of(Object value) {
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return "{}";
        }
        if (value instanceof List<?> list && list.isEmpty()) {
            return "[]";
        }
        if (!fits(value)) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((key, member) -> {
                json.writeName((String) key);
                write(json, member);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> array) {
            json.writeStartArray();
            array.forEach(element -> write(json, element));
            json.writeEndArray();
        } else if (value instanceof JsonNumber number) {
            json.writeNumber(number.text());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString((String) value);
        }
    }

    private static boolean fits(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.values().stream().allMatch(JsonText::fits);
        }
        if (value instanceof List<?> array) {
            return array.stream().allMatch(JsonText::fits);
        }
        return !(value instanceof JsonNumber number) || fits(number.text());
    }

    private static boolean fits(String number) {
        int exponentAt = Math.max(number.indexOf('e'), number.indexOf('E'));
        String digits = exponentAt < 0 ? number : number.substring(0, exponentAt);
        int point = digits.indexOf('.');
        long before = point < 0 ? digits.length() : point;
        long after = point < 0 ? 0 : digits.length() - point - 1;
        if (exponentAt >= 0) {
            String exponentText = number.substring(exponentAt + 1);
            if (exponentText.length() > 7) {
                return false;
            }
            long exponent = Long.parseLong(exponentText);
            before += exponent;
            after -= exponent;
        }
        return before <= MAX_DIGITS_BEFORE_POINT && after <= MAX_DIGITS_AFTER_POINT;
    }
}
