package io.github.bellhop.simulator.clerk;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a call. Each is checked when it is read, and an error names the parameter. */
final class Params {
    /** The keys of a user's metadata. */
    static final List<String> METADATA_OF_A_USER = List.of("public_metadata", "private_metadata", "unsafe_metadata");

    /** The keys of the metadata of everything else. */
    static final List<String> METADATA = List.of("public_metadata", "private_metadata");

    private final ObjectNode given;

    private Params(ObjectNode given) {
        this.given = given;
    }

    /** Splits names that are separated by spaces or line breaks. */
    static Set<String> names(String all) {
        return Set.of(all.strip().split("\\s+", -1));
    }

    /**
     * Wraps the parameters of a call.
     *
     * @throws ClerkRefusedException if a parameter's name is not one of the known names
     */
    static Params of(ObjectNode given, Collection<String> known) {
        for (String name : given.propertyNames()) {
            if (!known.contains(name)) {
                throw ClerkRefusedException.unknown(name);
            }
        }
        return new Params(given);
    }

    /** Checks that these string parameters are present, and returns this object. */
    Params require(String... names) {
        for (String name : names) {
            requiredText(name);
        }
        return this;
    }

    /** Whether the parameter is present, even as null. */
    boolean has(String name) {
        return given.has(name);
    }

    private <T> @Nullable T read(String name, String kind, Predicate<JsonNode> fits, Function<JsonNode, T> how) {
        JsonNode value = given.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!fits.test(value)) {
            throw ClerkRefusedException.invalid(name, name + " must be " + kind + ".");
        }
        return how.apply(value);
    }

    @Nullable
    String text(String name) {
        return read(name, "a string", JsonNode::isString, JsonNode::stringValue);
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw ClerkRefusedException.missing(name);
        }
        return text;
    }

    /** Returns a required e-mail address. */
    String email(String name) {
        String email = requiredText(name);
        if (!Identification.EMAIL_ADDRESS.accepts(email)) {
            throw ClerkRefusedException.invalid(name, name + " must be a valid email address.");
        }
        return email;
    }

    boolean flag(String name, boolean otherwise) {
        return Objects.requireNonNullElse(
                read(name, "a boolean", JsonNode::isBoolean, JsonNode::booleanValue), otherwise);
    }

    @Nullable
    Long number(String name) {
        return read(
                name, "an integer", value -> value.isIntegralNumber() && value.canConvertToLong(), JsonNode::longValue);
    }

    /** Returns a time, given as ISO 8601 text or in milliseconds. */
    @Nullable
    Long time(String name) {
        if (!given.path(name).isString()) {
            return number(name);
        }
        try {
            return Instant.parse(given.path(name).stringValue()).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw ClerkRefusedException.invalid(name, name + " must be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    /** Returns a list of strings; empty if the parameter is missing. */
    List<String> texts(String name) {
        List<String> texts = read(
                name,
                "an array of strings",
                value -> value.isArray() && value.valueStream().allMatch(JsonNode::isString),
                value -> value.valueStream().map(JsonNode::stringValue).toList());
        return texts == null ? List.of() : texts;
    }

    /** Returns an object, such as metadata; null if the parameter is missing or null. */
    @Nullable
    ObjectNode object(String name) {
        return read(name, "an object", JsonNode::isObject, ObjectNode.class::cast);
    }

    /** Copies the strings that are present and not null into an entity. */
    void copyGiven(ObjectNode entity, String... names) {
        given(names).forEach(name -> entity.put(name, text(name)));
    }

    /** Copies the strings that are present, including nulls, into an entity. */
    void copyTexts(ObjectNode entity, String... names) {
        Stream.of(names).filter(this::has).forEach(name -> entity.put(name, text(name)));
    }

    /** Copies the flags that are present and not null into an entity. */
    void copyFlags(ObjectNode entity, String... names) {
        given(names).forEach(name -> entity.put(name, flag(name, false)));
    }

    /** Copies a number into an entity if it is present and not null. */
    void copyNumber(ObjectNode entity, String name) {
        given(name).forEach(one -> entity.put(one, number(one)));
    }

    /** Copies the times that are present and not null into an entity. */
    void copyTimes(ObjectNode entity, String... names) {
        given(names).forEach(name -> entity.put(name, time(name)));
    }

    private Stream<String> given(String... names) {
        return Stream.of(names).filter(given::hasNonNull);
    }

    /** Merges the metadata that are present into an entity. A null removes a key, at any depth. */
    void mergeMetadata(ObjectNode entity, List<String> kinds) {
        for (String kind : kinds) {
            ObjectNode change = object(kind);
            if (change != null) {
                ObjectNode merged = entity.path(kind) instanceof ObjectNode old ? old : entity.putObject(kind);
                merge(merged, change);
            }
        }
    }

    /** Replaces the metadata of an entity by those that are present; null clears them. */
    void replaceMetadata(ObjectNode entity, List<String> kinds) {
        for (String kind : kinds) {
            ObjectNode change = object(kind);
            if (change != null) {
                entity.set(kind, change.deepCopy());
            } else if (has(kind)) {
                entity.putObject(kind);
            }
        }
    }

    private static void merge(ObjectNode old, ObjectNode change) {
        change.properties().forEach(property -> {
            String key = property.getKey();
            JsonNode value = property.getValue();
            if (value.isNull()) {
                old.remove(key);
            } else if (value instanceof ObjectNode deeper) {
                ObjectNode target = old.path(key) instanceof ObjectNode there ? there : old.putObject(key);
                merge(target, deeper);
            } else {
                old.set(key, value.deepCopy());
            }
        });
    }
}
