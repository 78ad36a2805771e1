package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.PayloadJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A payload as plain Java values: {@code Map} for an object, {@code List} for an array, {@code String},
 * {@code Boolean}, {@link JsonNumber}, null. Texts are made fit for every database (see {@link StorableText}); numbers
 * keep their digits; of a key that comes twice the last counts.
 */
final class PayloadTree {
    private PayloadTree() {}

    /**
     * A number as it was written, so that none is rounded and none, however long, costs time to compute.
     *
     * @param text the number's own characters
     */
    record JsonNumber(String text) {}

    /** Reads a payload that is known to be one JSON object. */
    static Map<String, @Nullable Object> read(byte[] payload) {
        return PayloadJson.read(payload, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the payload is no JSON object");
            }
            return object(parser);
        });
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            parser.nextToken();
            object.put(StorableText.of(key), value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> StorableText.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
