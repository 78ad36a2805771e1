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
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object in a request. A value of the wrong type causes a 422 that names the field. A null value counts as
 * absent.
 */
final class Body {
    private final ObjectNode json;

    private Body(ObjectNode json) {
        this.json = json;
    }

    /** Parses the body of a request; an empty body becomes an empty object. */
    static Body of(ApiRequest request) {
        if (!request.hasBody()) {
            return new Body(ApiJson.object());
        }
        try {
            if (request.bodyJson() instanceof ObjectNode object) {
                return new Body(object);
            }
        } catch (JacksonException broken) {
            // Rejected below with the same message.
        }
        throw SvixException.noJson("The body must be a JSON object");
    }

    /**
     * Returns the current object with the values of this body merged into it. Values that are absent from this body
     * remain unchanged, and nulls remove values.
     */
    Body over(ObjectNode shown) {
        ObjectNode merged = shown.deepCopy();
        json.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        return new Body(merged);
    }

    /** Returns a copy in which the first field, if absent, has the value of the second field, its alias. */
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

    /** A required string. */
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

    /** The value of an enumeration that the field's number stands for; null if absent. */
    <T> @Nullable T memberOrNull(String field, IntFunction<@Nullable T> members) {
        return read(
                field,
                "value is not a valid enumeration member",
                value -> value.isIntegralNumber() && value.canConvertToInt() && members.apply(value.intValue()) != null,
                value -> Objects.requireNonNull(members.apply(value.intValue())));
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

    /** A map of strings; empty if absent. Null values are kept. */
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

    /** A map of strings, without the null values. */
    Map<String, String> metadata(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        textMap(field).forEach((name, text) -> {
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    /** An object; null if absent. */
    @Nullable
    Body objectOrNull(String field) {
        return read(field, "value is not a valid dict", JsonNode::isObject, value -> new Body((ObjectNode) value));
    }

    /** The JSON object itself. */
    ObjectNode tree() {
        return json;
    }
}
