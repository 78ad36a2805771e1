package io.github.bellhop.sync.mirror;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a column's value stands: in the entity's JSON, or elsewhere in the payload that holds it.
 *
 * @param path    the path as documentation shows it
 * @param reading how the value is found
 */
record Source(String path, Reading reading) {
    /** The answer when the key is not there at all. */
    static final Object ABSENT = new Object();

    /** How a value is found. */
    @FunctionalInterface
    interface Reading {
        /**
         * The JSON value (see {@link PayloadTree}), null for a JSON null, or {@link #ABSENT}.
         *
         * @param entity  the entity's own JSON
         * @param payload the whole payload, in which the entity may be nested
         */
        @Nullable
        Object of(Map<String, @Nullable Object> entity, Map<String, @Nullable Object> payload);
    }

    /** The value in an entity and its payload. */
    @Nullable
    Object read(Map<String, @Nullable Object> entity, Map<String, @Nullable Object> payload) {
        return reading.of(entity, payload);
    }

    /** A path of keys separated by dots. Only its first key can be absent: an object that is there is a snapshot. */
    static Source at(String path) {
        String[] keys = path.split("\\.", -1);
        return new Source(path, (entity, payload) -> follow(keys, entity));
    }

    /** A path from the root of the payload; shown with a slash before it. */
    static Source inPayload(String path) {
        String[] keys = path.split("\\.", -1);
        return new Source("/" + path, (entity, payload) -> follow(keys, payload));
    }

    private static @Nullable Object follow(String[] keys, Map<String, @Nullable Object> object) {
        Object value = object.getOrDefault(keys[0], ABSENT);
        if (value == ABSENT) {
            return ABSENT;
        }
        for (int i = 1; i < keys.length; i++) {
            value = value instanceof Map<?, ?> inner ? inner.get(keys[i]) : null;
        }
        return value;
    }

    /** The first of several places that holds something; absent only if all are. */
    static Source firstOf(String... paths) {
        return firstOf(Stream.of(paths).map(Source::at).toList());
    }

    /** The first of several places that holds something; absent only if all are. */
    static Source firstOf(List<Source> sources) {
        String path = String.join(" | ", sources.stream().map(Source::path).toList());
        return new Source(path, (entity, payload) -> {
            Object answer = ABSENT;
            for (Source source : sources) {
                Object value = source.read(entity, payload);
                if (value != null && value != ABSENT && !value.equals("")) {
                    return value;
                }
                answer = value == ABSENT ? answer : null;
            }
            return answer;
        });
    }

    /** A value that is computed from the entity, described in words: the value, null, or {@link #ABSENT}. */
    static Source computed(String description, Function<Map<String, @Nullable Object>, @Nullable Object> computation) {
        return new Source(description, (entity, payload) -> computation.apply(entity));
    }
}
