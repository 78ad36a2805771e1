package io.github.bellhop.event;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a JSON value of any shape as the type of a component. */
@FunctionalInterface
interface ValueReader {
    /** The number of characters in the smallest long. */
    int LONGEST_LONG = 20;

    /** The readers for scalar types. */
    Map<Type, ValueReader> SCALARS = Map.of(
            String.class, ValueReader::text,
            Boolean.class, ValueReader::flag,
            Long.class, ValueReader::wholeNumber,
            Instant.class, ValueReader::time,
            BigDecimal.class, ValueReader::decimal);

    /**
     * Reads the value that starts at the current token. Afterwards its last token is the current token.
     *
     * @return the value; null if the value is null or does not have the shape that this reader expects
     */
    @Nullable
    Object read(JsonParser parser);

    /** Returns the reader for a component's type. */
    static ValueReader of(RecordComponent component) {
        boolean id = component.getName().equals("id") || component.getName().endsWith("Id");
        return id ? ValueReader::id : ofType(component.getGenericType());
    }

    /** Returns the value of a component whose key is absent. */
    static @Nullable Object absent(RecordComponent component) {
        if (component.getType() == List.class) {
            return List.of();
        }
        return component.getType() == Map.class ? Map.of() : null;
    }

    private static ValueReader ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? listOf(ofType(generic.getActualTypeArguments()[0]))
                    : parser -> parser.currentToken() == JsonToken.START_OBJECT
                            ? FreeJsonReader.object(parser)
                            : skip(parser);
        }
        ValueReader scalar = SCALARS.get(type);
        return scalar == null ? recordOf((Class<?>) type) : scalar;
    }

    /** Returns the reader for a record, which reads only objects. */
    static ValueReader recordOf(Class<?> type) {
        return parser -> parser.currentToken() == JsonToken.START_OBJECT
                ? RecordShape.of(type).read(parser)
                : skip(parser);
    }

    /** Skips nulls and elements that do not fit. */
    private static ValueReader listOf(ValueReader element) {
        return parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return skip(parser);
            }
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Object value = element.read(parser);
                if (value != null) {
                    list.add(value);
                }
            }
            return List.copyOf(list);
        };
    }

    private static @Nullable Object text(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : skip(parser);
    }

    /** Reads an empty string as null, because Clerk writes an empty string for a missing id. */
    private static @Nullable Object id(JsonParser parser) {
        Object text = text(parser);
        return "".equals(text) ? null : text;
    }

    private static @Nullable Object flag(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> skip(parser);
        };
    }

    /** Accepts any number that fits in a long; Clerk documents no smaller bound for its integers. */
    private static @Nullable Long wholeNumber(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= LONGEST_LONG) {
            try {
                return Long.valueOf(parser.getString());
            } catch (NumberFormatException tooLarge) {
                return null;
            }
        }
        parser.skipChildren();
        return null;
    }

    private static @Nullable Object time(JsonParser parser) {
        Long number = wholeNumber(parser);
        return number == null ? null : ClerkTime.instant(number);
    }

    private static @Nullable Object decimal(JsonParser parser) {
        return parser.currentToken().isNumeric() ? FreeJsonReader.decimal(parser) : skip(parser);
    }

    private static @Nullable Object skip(JsonParser parser) {
        parser.skipChildren();
        return null;
    }
}
