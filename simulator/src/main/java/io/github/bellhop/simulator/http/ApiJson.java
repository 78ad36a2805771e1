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
 * Converts JSON trees to bytes and back, with keys in insertion order. Safe for concurrent use.
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
     * Parses JSON.
     *
     * @throws JacksonException if the input is not valid JSON
     */
    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    /**
     * Parses JSON.
     *
     * @throws JacksonException if the input is not valid JSON
     */
    public static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /** Converts a record to a JSON object whose keys are the record's components. */
    public static ObjectNode tree(Record data) {
        return MAPPER.valueToTree(data);
    }

    /** Writes compact JSON in UTF-8. */
    public static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Writes compact JSON with its keys in alphabetical order, as in Clerk's webhooks. */
    public static byte[] writeSorted(JsonNode tree) {
        return SORTING.writeValueAsBytes(tree);
    }

    /** Parses a string as JSON; if it is not valid JSON, it becomes a JSON string. */
    public static JsonNode valueOf(String text) {
        try {
            return text.isBlank() ? StringNode.valueOf(text) : read(text);
        } catch (JacksonException notJson) {
            return StringNode.valueOf(text);
        }
    }
}
