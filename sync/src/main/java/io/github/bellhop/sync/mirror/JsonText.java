package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.sync.mirror.PayloadTree.JsonNumber;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes values of a {@link PayloadTree} as JSON that every database's JSON type accepts. */
final class JsonText {
    /** The maximum number of digits before the decimal point in PostgreSQL's numeric, and therefore in jsonb. */
    private static final int MAX_DIGITS_BEFORE_POINT = 131_072;

    private static final int MAX_DIGITS_AFTER_POINT = 16_383;

    private final JsonGenerator json;
    private final PayloadView view;
    private final AtomicInteger misfits;

    private JsonText(JsonGenerator json, PayloadView view, AtomicInteger misfits) {
        this.json = json;
        this.view = view;
        this.misfits = misfits;
    }

    /**
     * Returns the value as JSON, without the properties that the view omits. A number that jsonb does not accept
     * becomes null and counts as a misfit.
     */
    static String of(Object value, PayloadView view, AtomicInteger misfits) {
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return "{}";
        }
        if (value instanceof List<?> list && list.isEmpty()) {
            return "[]";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            new JsonText(json, view, misfits).write("", value);
        }
        return text.toString();
    }

    /** Writes a value. The name is that of the property that holds the value, or the array that contains it. */
    private void write(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((key, member) -> property(name, (String) key, member));
            json.writeEndObject();
        } else if (value instanceof List<?> array) {
            json.writeStartArray();
            array.forEach(element -> write(name, element));
            json.writeEndArray();
        } else if (value instanceof JsonNumber number) {
            if (fits(number.text())) {
                json.writeNumber(number.text());
            } else {
                json.writeNull();
                misfits.incrementAndGet();
            }
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString((String) value);
        }
    }

    private void property(String object, String key, @Nullable Object value) {
        // The last argument is false because the JSON of e-mails and text messages is never stored.
        if (PrivateData.of(view, object, key, false) == PrivateData.Treatment.KEEP) {
            json.writeName(key);
            write(key, value);
        }
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
