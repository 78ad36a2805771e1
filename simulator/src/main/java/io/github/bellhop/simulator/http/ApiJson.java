package io.github.bellhop.simulator.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Trees to bytes and back, keys in the order in which they were put. Safe for concurrent use.
 *
 * @hidden
 */
public final class ApiJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonMapper SORTING =
            MAPPER.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private ApiJson() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * The tree of a JSON text.
     *
     * @throws JacksonException when it is none
     */
    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    /**
     * The tree of a JSON text.
     *
     * @throws JacksonException when it is none
     */
    public static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /** The tree of a record, whose components are its keys. */
    public static ObjectNode tree(Record data) {
        return MAPPER.valueToTree(data);
    }

    /** Compact JSON in UTF-8. */
    public static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** The same with its keys in alphabetical order, as Clerk's webhooks have them. */
    public static byte[] writeSorted(JsonNode tree) {
        return SORTING.writeValueAsBytes(tree);
    }

    /** The value that a text stands for: JSON if it is that, and otherwise the text itself. */
    public static JsonNode valueOf(String text) {
        try {
            return text.isBlank() ? StringNode.valueOf(text) : read(text);
        } catch (JacksonException notJson) {
            return StringNode.valueOf(text);
        }
    }
}
