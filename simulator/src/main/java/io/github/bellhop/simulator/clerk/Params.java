package io.github.bellhop.simulator.clerk;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a call: each is checked when it is read, and a refusal names it. */
final class Params {
    private final ObjectNode given;

    private Params(ObjectNode given) {
        this.given = given;
    }

    /**
     * The parameters of a call.
     *
     * @throws ClerkRefusedException when one has another name than these
     */
    static Params of(ObjectNode given, Collection<String> known) {
        for (String name : given.propertyNames()) {
            if (!known.contains(name)) {
                throw ClerkRefusedException.unknown(name);
            }
        }
        return new Params(given);
    }

    /** Whether it is given, as null or as a value. */
    boolean has(String name) {
        return given.has(name);
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = given.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isString()) {
            throw ClerkRefusedException.invalid(name, name + " must be a string.");
        }
        return value == null ? null : value.stringValue();
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw ClerkRefusedException.missing(name);
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = value(name);
        if (value != null && !value.isBoolean()) {
            throw ClerkRefusedException.invalid(name, name + " must be a boolean.");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    @Nullable
    Long number(String name) {
        JsonNode value = value(name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw ClerkRefusedException.invalid(name, name + " must be an integer.");
        }
        return value == null ? null : (Long) value.longValue();
    }

    /** A time: ISO 8601 text, or milliseconds. */
    @Nullable
    Long time(String name) {
        JsonNode value = value(name);
        if (value == null || !value.isString()) {
            return number(name);
        }
        try {
            return Instant.parse(value.stringValue()).toEpochMilli();
        } catch (DateTimeParseException other) {
            throw ClerkRefusedException.invalid(name, name + " must be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    /** A list of texts; empty when it is not given. */
    List<String> texts(String name) {
        JsonNode value = value(name);
        List<String> texts = new ArrayList<>();
        if (value != null && !(value instanceof ArrayNode)) {
            throw ClerkRefusedException.invalid(name, name + " must be an array of strings.");
        }
        for (JsonNode each : value == null ? List.<JsonNode>of() : value) {
            if (!each.isString()) {
                throw ClerkRefusedException.invalid(name, name + " must be an array of strings.");
            }
            texts.add(each.stringValue());
        }
        return texts;
    }

    /** An object, such as metadata; null when it is not given or null. */
    @Nullable
    ObjectNode object(String name) {
        JsonNode value = value(name);
        if (value != null && !(value instanceof ObjectNode)) {
            throw ClerkRefusedException.invalid(name, name + " must be an object.");
        }
        return (ObjectNode) value;
    }

    /** Puts those texts into an entity that are given, null too. */
    void copyTexts(ObjectNode entity, String... names) {
        for (String name : names) {
            if (has(name)) {
                entity.put(name, text(name));
            }
        }
    }

    /** Puts those flags into an entity that are given and not null. */
    void copyFlags(ObjectNode entity, String... names) {
        for (String name : names) {
            if (value(name) != null) {
                entity.put(name, flag(name, false));
            }
        }
    }

    /** Puts those times into an entity that are given and not null. */
    void copyTimes(ObjectNode entity, String... names) {
        for (String name : names) {
            if (value(name) != null) {
                entity.put(name, time(name));
            }
        }
    }
}
