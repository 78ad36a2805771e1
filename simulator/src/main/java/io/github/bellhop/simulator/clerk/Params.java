package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a call. Each is checked when it is read, and an error names the parameter. */
final class Params {
    /** The keys of a user's metadata. */
    static final List<String> METADATA_OF_A_USER = List.of("public_metadata", "private_metadata", "unsafe_metadata");

    /** The keys of the metadata of all other entities. */
    static final List<String> METADATA = List.of("public_metadata", "private_metadata");

    private static final int MAX_METADATA = 8 * 1024;
    private static final Pattern WEB_PAGE = Pattern.compile("https?://[^\\s/]+\\S*");

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
            throw ClerkError.TYPE_INVALID.of(name, "`" + name + "` must be a `" + kind + "`.");
        }
        return how.apply(value);
    }

    @Nullable
    String text(String name) {
        return read(name, "string", JsonNode::isString, JsonNode::stringValue);
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null && has(name)) {
            throw ClerkError.PARAM_NIL.of(name, name + " must not be null.");
        }
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

    /** Returns the URL of a web page; null if the parameter is missing or null. */
    @Nullable
    String url(String name) {
        String url = text(name);
        if (url != null && !WEB_PAGE.matcher(url).matches()) {
            throw ClerkRefusedException.invalid(name, name + " must be a valid url.");
        }
        return url;
    }

    boolean flag(String name, boolean otherwise) {
        return Objects.requireNonNullElse(
                read(name, "boolean", JsonNode::isBoolean, JsonNode::booleanValue), otherwise);
    }

    @Nullable
    Long number(String name) {
        return read(
                name, "integer", value -> value.isIntegralNumber() && value.canConvertToLong(), JsonNode::longValue);
    }

    /** Returns a number in this range; null if the parameter is missing or null. */
    @Nullable
    Long number(String name, long least, long most) {
        Long number = number(name);
        if (number != null && number < least) {
            throw ClerkError.VALUE_INVALID.of(name, name + " must be at least " + least + ".");
        }
        if (number != null && number > most) {
            throw ClerkError.VALUE_TOO_LARGE.of(name, "The value of " + name + " can't be greater than " + most + ".");
        }
        return number;
    }

    /** Returns a time, given in RFC 3339 format, in milliseconds; null if the parameter is missing or null. */
    @Nullable
    Long time(String name) {
        String time = text(name);
        try {
            return time == null ? null : (Long) Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw ClerkError.TIME_INVALID.of(
                    name,
                    name + " must contain a datetime specified in RFC3339 format (e.g. `2022-10-20T10:00:27.645Z`).");
        }
    }

    /** Returns a string, which must be one of the allowed ones; null if the parameter is missing or null. */
    @Nullable
    String oneOf(String name, Set<String> allowed) {
        String value = text(name);
        if (value != null && !allowed.contains(value)) {
            throw ClerkRefusedException.notAllowed(name, value, allowed);
        }
        return value;
    }

    /**
     * Rejects a parameter that the simulator does not support.
     *
     * @throws ClerkRefusedException 501, if the parameter is present and neither null nor false
     */
    void requireAbsent(String name, String reason) {
        JsonNode value = given.path(name);
        if (given.hasNonNull(name) && !(value.isBoolean() && !value.booleanValue())) {
            throw ClerkRefusedException.notSimulated(
                    "The simulator does not offer the parameter " + name + ": " + reason + ".");
        }
    }

    /** Returns a list of strings; empty if the parameter is missing. */
    List<String> texts(String name) {
        List<String> texts = read(
                name,
                "array of strings",
                value -> value.isArray() && value.valueStream().allMatch(JsonNode::isString),
                value -> value.valueStream().map(JsonNode::stringValue).toList());
        return texts == null ? List.of() : texts;
    }

    private @Nullable ObjectNode metadata(String name) {
        JsonNode value = given.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw ClerkError.VALUE_INVALID.of(name, name + " must be a valid key-value object.");
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

    /** Copies a number, which must be at least 0, into an entity if it is present and not null. */
    void copyNumber(ObjectNode entity, String name) {
        given(name).forEach(one -> entity.put(one, number(one, 0, Long.MAX_VALUE)));
    }

    /** Copies the times that are present and not null into an entity. */
    void copyTimes(ObjectNode entity, String... names) {
        given(names).forEach(name -> entity.put(name, time(name)));
    }

    private Stream<String> given(String... names) {
        return Stream.of(names).filter(given::hasNonNull);
    }

    /** Merges the given metadata into an entity. A null removes a key, at any depth. */
    void mergeMetadata(ObjectNode entity, List<String> kinds) {
        for (String kind : kinds) {
            ObjectNode change = metadata(kind);
            if (change != null) {
                ObjectNode merged = entity.path(kind) instanceof ObjectNode old ? old : entity.putObject(kind);
                merge(merged, change);
                requireSmall(kind, merged);
            }
        }
    }

    /**
     * Replaces an entity's metadata with the given metadata; null clears it. Metadata that is not given remains
     * unchanged.
     */
    void replaceMetadata(ObjectNode entity, List<String> kinds) {
        for (String kind : kinds) {
            ObjectNode change = metadata(kind);
            if (change != null) {
                requireSmall(kind, change);
                entity.set(kind, change.deepCopy());
            } else if (has(kind)) {
                entity.putObject(kind);
            }
        }
    }

    /** Clerk stores at most 8 KB of each kind of metadata: https://clerk.com/docs/guides/users/extending. */
    private static void requireSmall(String kind, ObjectNode metadata) {
        if (ApiJson.write(metadata).length > MAX_METADATA) {
            throw ClerkError.SIZE.of(kind, kind + " exceeds the maximum of " + MAX_METADATA + " bytes.");
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
