package io.github.bellhop.event;

import io.github.bellhop.event.internal.SmallJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads JSON of any shape, such as metadata, into unmodifiable JDK maps and lists. A whole number becomes a
 * {@link Long} if it fits; other numbers become a {@link BigInteger} or {@link BigDecimal}. No digit is lost.
 */
final class FreeJsonReader {
    private FreeJsonReader() {}

    /** Reads the object whose opening brace is the current token. If a key is repeated, the last value wins. */
    static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = Map.of();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            parser.nextToken();
            Object value = value(parser);
            object = SmallJson.with(object, key, value);
        }
        return object instanceof LinkedHashMap ? Collections.unmodifiableMap(object) : object;
    }

    /** Returns the current number; null if its exponent is too large for the JDK. */
    static @Nullable BigDecimal decimal(JsonParser parser) {
        try {
            return parser.getDecimalValue();
        } catch (StreamReadException | ArithmeticException | NumberFormatException beyond) {
            return null;
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = List.of();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array = SmallJson.with(array, value(parser));
        }
        return array instanceof ArrayList ? Collections.unmodifiableList(array) : array;
    }

    private static Object whole(JsonParser parser) {
        if (parser.getStringLength() <= 18) {
            return parser.getLongValue();
        }
        BigInteger number = parser.getBigIntegerValue();
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
}
