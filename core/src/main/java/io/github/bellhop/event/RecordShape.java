package io.github.bellhop.event;

import io.github.bellhop.event.data.WireName;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Maps a JSON object to a record. Each component is read from the key with the component's name in snake_case, or from
 * the keys of its {@link WireName}. A value that does not fit is treated as absent; Jackson's own binding would often
 * throw an exception.
 */
final class RecordShape {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final MethodHandle constructor;
    private final List<Part> parts = new ArrayList<>();
    private final List<ValueReader> readers = new ArrayList<>();
    private final Keys keys = new Keys();

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            ValueReader reader = ValueReader.of(component);
            String[] names = wireNames(component);
            parts.add(new Part(readers.size(), names.length, ValueReader.absent(component)));
            for (String name : names) {
                keys.put(name, readers.size());
                readers.add(reader);
            }
        }
        constructor = constructor(type, components);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** Reads the object whose opening brace is the current token. Afterwards the closing brace is the current token. */
    Object read(JsonParser parser) {
        @Nullable Object[] found = new @Nullable Object[readers.size()];
        readInto(found, keys, parser);
        return construct(parts.stream().map(part -> part.choose(found)).toArray());
    }

    /** Returns the record for an empty object. */
    Object empty() {
        return construct(parts.stream().map(Part::absent).toArray());
    }

    Object construct(@Nullable Object... values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new AssertionError("record constructors cannot throw checked exceptions", impossible);
        }
    }

    private void readInto(@Nullable Object[] found, Keys known, JsonParser parser) {
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken value = parser.nextToken();
            Integer place = known.places.get(key);
            if (place != null) {
                found[place] = readers.get(place).read(parser);
                continue;
            }
            Keys inner = known.inner.get(key);
            if (inner != null) {
                inner.forget(found);
            }
            if (inner != null && value == JsonToken.START_OBJECT) {
                readInto(found, inner, parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Returns the keys that the component is read from. A dot separates an object's key from a key inside it. */
    static String[] wireNames(RecordComponent component) {
        WireName declared = component.getAnnotation(WireName.class);
        if (declared != null) {
            return declared.value();
        }
        String snakeCase = WORD_START.matcher(component.getName()).replaceAll("_");
        return new String[] {snakeCase.toLowerCase(Locale.ROOT)};
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type + " is not a public record", impossible);
        }
    }

    /** One component: the range of slots for its values, one slot per key, and the default for an absent value. */
    private record Part(int first, int count, @Nullable Object absent) {
        @Nullable
        Object choose(@Nullable Object[] found) {
            Object chosen = null;
            for (int place = first; place < first + count; place++) {
                Object value = found[place];
                if (value != null && (chosen == null || chosen.equals(""))) {
                    chosen = value;
                }
            }
            return chosen == null ? absent : chosen;
        }
    }

    /** The keys of one object and of its nested objects. */
    private static final class Keys {
        final Map<String, Integer> places = new HashMap<>();
        final Map<String, Keys> inner = new HashMap<>();

        void put(String name, int place) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                places.put(name, place);
            } else {
                inner.computeIfAbsent(name.substring(0, dot), key -> new Keys()).put(name.substring(dot + 1), place);
            }
        }

        /** Discards the values of a repeated key, including nested ones, so that the last occurrence wins. */
        void forget(@Nullable Object[] found) {
            places.values().forEach(place -> found[place] = null);
            inner.values().forEach(keys -> keys.forget(found));
        }
    }
}
