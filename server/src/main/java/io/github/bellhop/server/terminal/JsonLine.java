package io.github.bellhop.server.terminal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object on one line of output. Untrusted text in it cannot control a terminal. */
public final class JsonLine {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode object = JSON.createObjectNode();

    /** Adds a string. */
    public JsonLine put(String name, @Nullable String value) {
        object.put(name, value);
        return this;
    }

    /** Adds a number. */
    public JsonLine put(String name, long value) {
        object.put(name, value);
        return this;
    }

    /** Adds a boolean. */
    public JsonLine put(String name, boolean value) {
        object.put(name, value);
        return this;
    }

    /** Adds an instant in ISO 8601. */
    public JsonLine put(String name, @Nullable Instant value) {
        return put(name, value == null ? null : value.toString());
    }

    /** Returns the object, to add arrays, objects and raw JSON. */
    public ObjectNode object() {
        return object;
    }

    /** Returns the line without a line break. */
    public String text() {
        return SafeText.json(JSON.writeValueAsString(object));
    }
}
