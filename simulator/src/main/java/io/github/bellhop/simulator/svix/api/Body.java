package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.svix.SvixException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a request. A value of the wrong kind is a 422 that names it; null is the same as absent. */
final class Body {
    private final ObjectNode json;

    private Body(ObjectNode json) {
        this.json = json;
    }

    /** The body of a request; an empty one is an empty object. */
    static Body of(ApiRequest request) {
        if (!request.hasBody()) {
            return new Body(ApiJson.object());
        }
        try {
            if (request.bodyJson() instanceof ObjectNode object) {
                return new Body(object);
            }
        } catch (JacksonException broken) {
            // Told below, in the same words.
        }
        throw SvixException.noJson("The body is to be a JSON object");
    }

    /** This body's values over those of an object as it is shown now: what is absent stays, what is null goes. */
    Body over(ObjectNode shown) {
        ObjectNode merged = shown.deepCopy();
        json.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        return new Body(merged);
    }

    /** The same with a value under its second name too, if it has none under its first. */
    Body alias(String first, String second) {
        if (!json.has(first) && json.has(second)) {
            ObjectNode named = json.deepCopy();
            named.set(first, json.get(second));
            return new Body(named);
        }
        return this;
    }

    /** Whether there is a value. */
    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** A text that must be there. */
    String text(String field) {
        String text = textOrNull(field);
        if (text == null) {
            throw SvixException.invalid(field, "field required");
        }
        return text;
    }

    @Nullable
    String textOrNull(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw SvixException.invalid(field, "str type expected");
        }
        return value.stringValue();
    }

    String text(String field, String otherwise) {
        String text = textOrNull(field);
        return text == null ? otherwise : text;
    }

    boolean flag(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            throw SvixException.invalid(field, "value could not be parsed to a boolean");
        }
        return value != null && value.booleanValue();
    }

    @Nullable
    Integer numberOrNull(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw SvixException.invalid(field, "value is not a valid integer");
        }
        return value.intValue();
    }

    @Nullable
    Instant timeOrNull(String field) {
        String text = textOrNull(field);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw SvixException.invalid(field, "invalid datetime format");
        }
    }

    Instant time(String field) {
        Instant time = timeOrNull(field);
        if (time == null) {
            throw SvixException.invalid(field, "field required");
        }
        return time;
    }

    @Nullable
    Set<String> textsOrNull(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw SvixException.invalid(field, "value is not a valid list");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode element : value) {
            if (!element.isString()) {
                throw SvixException.invalid(field, "str type expected");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    Set<String> texts(String field) {
        Set<String> texts = textsOrNull(field);
        return texts == null ? Set.of() : texts;
    }

    /** A map of texts; empty when it is absent. Null values in it stay. */
    Map<String, @Nullable String> textMap(String field) {
        JsonNode value = value(field);
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        if (value == null) {
            return map;
        }
        if (!value.isObject()) {
            throw SvixException.invalid(field, "value is not a valid dict");
        }
        value.properties().forEach(entry -> {
            if (!entry.getValue().isString() && !entry.getValue().isNull()) {
                throw SvixException.invalid(field, "str type expected");
            }
            map.put(
                    entry.getKey(),
                    entry.getValue().isNull() ? null : entry.getValue().stringValue());
        });
        return map;
    }

    /** A map of texts without nulls. */
    Map<String, String> metadata(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        textMap(field).forEach((name, text) -> {
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    /** An object; null when it is absent. */
    @Nullable
    Body objectOrNull(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return new Body(object);
        }
        throw SvixException.invalid(field, "value is not a valid dict");
    }

    /** The object as compact JSON. */
    ObjectNode tree() {
        return json;
    }

    private @Nullable JsonNode value(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
