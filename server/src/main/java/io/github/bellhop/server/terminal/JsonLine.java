package io.github.bellhop.server.terminal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object for one line of output, in which what strangers wrote cannot steer a terminal. */
public final class JsonLine {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode object = JSON.createObjectNode();

    /** Adds a text. */
    public JsonLine put(String name, @Nullable String value) {
        object.put(name, value);
        return this;
    }

    /** Adds a number. */
    public JsonLine put(String name, long value) {
        object.put(name, value);
        return this;
    }

    /** Adds a truth value. */
    public JsonLine put(String name, boolean value) {
        object.put(name, value);
        return this;
    }

    /** Adds an instant in ISO 8601. */
    public JsonLine put(String name, @Nullable Instant value) {
        return put(name, value == null ? null : value.toString());
    }

    /** The object, for what is not a plain value. */
    public ObjectNode object() {
        return object;
    }

    /** The line without its line break. */
    public String text() {
        return SafeText.json(JSON.writeValueAsString(object));
    }
}
