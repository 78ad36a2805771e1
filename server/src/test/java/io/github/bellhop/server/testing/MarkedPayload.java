package io.github.bellhop.server.testing;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payload with a marker in every string that may be personal, so that a test can detect where such a string is
 * printed.
 */
public final class MarkedPayload {
    public static final String MARKER = "Zqx7Marker9";

    private static final JsonMapper JSON = new JsonMapper();

    private MarkedPayload() {}

    public static byte[] of(byte[] payload) {
        ObjectNode event = (ObjectNode) JSON.readTree(payload);
        JsonNode data = event.get("data");
        mark(data);
        mark(event.path("event_attributes"));
        for (String metadata : List.of("public_metadata", "private_metadata", "unsafe_metadata")) {
            ((ObjectNode) data).putObject(metadata).put(MARKER, MARKER);
        }
        return JSON.writeValueAsBytes(event);
    }

    private static void mark(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (field.getValue().isString() && isPersonal(field.getKey())) {
                    object.put(field.getKey(), field.getValue().asString() + " " + MARKER);
                } else {
                    mark(field.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(MarkedPayload::mark);
        }
    }

    /** Ids may be printed, so they get no marker. */
    private static boolean isPersonal(String key) {
        return !key.equals("id") && !key.endsWith("_id") && !key.equals("object");
    }
}
