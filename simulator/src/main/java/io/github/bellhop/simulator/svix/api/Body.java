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
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private <T> @Nullable T read(String field, String otherwise, Predicate<JsonNode> fits, Function<JsonNode, T> how) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!fits.test(value)) {
            throw SvixException.invalid(field, otherwise);
        }
        return how.apply(value);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw SvixException.invalid(field, "field required");
        }
        return value;
    }

    /** A text that must be there. */
    String text(String field) {
        return required(field, textOrNull(field));
    }

    @Nullable
    String textOrNull(String field) {
        return read(field, "str type expected", JsonNode::isString, JsonNode::stringValue);
    }

    String text(String field, String otherwise) {
        return Objects.requireNonNullElse(textOrNull(field), otherwise);
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(
                read(field, "value could not be parsed to a boolean", JsonNode::isBoolean, JsonNode::booleanValue));
    }

    @Nullable
    Integer numberOrNull(String field) {
        return read(
                field,
                "value is not a valid integer",
                value -> value.isIntegralNumber() && value.canConvertToInt(),
                JsonNode::intValue);
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
        return required(field, timeOrNull(field));
    }

    @Nullable
    Set<String> textsOrNull(String field) {
        Set<String> texts = new LinkedHashSet<>();
        return read(field, "value is not a valid list", JsonNode::isArray, array -> {
            for (JsonNode element : array) {
                if (!element.isString()) {
                    throw SvixException.invalid(field, "str type expected");
                }
                texts.add(element.stringValue());
            }
            return texts;
        });
    }

    Set<String> texts(String field) {
        return Objects.requireNonNullElse(textsOrNull(field), Set.of());
    }

    /** A map of texts; empty when it is absent. Null values in it stay. */
    Map<String, @Nullable String> textMap(String field) {
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        Body object = objectOrNull(field);
        if (object != null) {
            for (String name : object.json.propertyNames()) {
                JsonNode value = object.json.path(name);
                if (!value.isString() && !value.isNull()) {
                    throw SvixException.invalid(field, "str type expected");
                }
                map.put(name, value.isNull() ? null : value.stringValue());
            }
        }
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
        return read(field, "value is not a valid dict", JsonNode::isObject, value -> new Body((ObjectNode) value));
    }

    /** The object itself. */
    ObjectNode tree() {
        return json;
    }
}
