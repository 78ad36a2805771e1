package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.event.internal.SmallJson;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a payload into plain Java values: {@code Map} for an object, {@code List} for an array, {@code String},
 * {@code Boolean}, {@link JsonNumber}, null. Strings are made storable in every database (see {@link StorableText}),
 * and numbers keep all their digits. For a duplicate key, the last value is used.
 */
final class PayloadTree {
    private PayloadTree() {}

    /**
     * A number as written in the payload. It is neither rounded nor parsed, because parsing a long number is slow.
     *
     * @param text the number's characters
     */
    record JsonNumber(String text) {
        private static final JsonNumber[] SMALL = IntStream.range(0, 100)
                .mapToObj(Integer::toString)
                .map(JsonNumber::new)
                .toArray(JsonNumber[]::new);

        /** Returns the number with this text. Small numbers are cached. */
        static JsonNumber of(String text) {
            int length = text.length();
            boolean oneDigit = length == 1 && isDigit(text.charAt(0));
            boolean twoDigits =
                    length == 2 && text.charAt(0) != '0' && isDigit(text.charAt(0)) && isDigit(text.charAt(1));
            boolean small = oneDigit || twoDigits;
            return small ? SMALL[Integer.parseInt(text)] : new JsonNumber(text);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }

    /** Reads a payload that must be one JSON object. */
    static Map<String, @Nullable Object> read(byte[] payload) {
        return PayloadJson.read(payload, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the payload is not a JSON object");
            }
            return object(parser);
        });
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = Map.of();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            parser.nextToken();
            Object value = value(parser);
            object = SmallJson.with(object, StorableText.of(key), value);
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = List.of();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array = SmallJson.with(array, value(parser));
        }
        return array;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> StorableText.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.of(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
