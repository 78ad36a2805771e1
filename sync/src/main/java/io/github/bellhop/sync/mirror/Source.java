package io.github.bellhop.sync.mirror;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The place of a column's value: in the entity's JSON, or elsewhere in the payload that contains the entity.
 *
 * @param path    the path as shown in the documentation
 * @param reading the function that finds the value
 */
record Source(String path, Reading reading) {
    /** The result if the key is missing. */
    static final Object ABSENT = new Object();

    /** Finds a value. */
    @FunctionalInterface
    interface Reading {
        /**
         * Returns the JSON value (see {@link PayloadTree}), null for a JSON null, or {@link #ABSENT}.
         *
         * @param entity  the entity's own JSON
         * @param payload the whole payload; the entity may be nested in it
         */
        @Nullable
        Object of(Map<String, @Nullable Object> entity, Map<String, @Nullable Object> payload);
    }

    /** Reads the value from an entity and its payload. */
    @Nullable
    Object read(Map<String, @Nullable Object> entity, Map<String, @Nullable Object> payload) {
        return reading.of(entity, payload);
    }

    /**
     * A path of keys, separated by dots. Only the first key can be absent: an object that is present is a complete
     * snapshot, so a key missing from it means null.
     */
    static Source at(String path) {
        String[] keys = path.split("\\.", -1);
        return new Source(path, (entity, payload) -> follow(keys, entity));
    }

    /** A path from the root of the payload; shown with a leading slash. */
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

    /** The first of several places with a value that is neither null nor empty; absent only if all are absent. */
    static Source firstOf(String... paths) {
        return firstOf(Stream.of(paths).map(Source::at).toList());
    }

    /** The first of several places with a value that is neither null nor empty; absent only if all are absent. */
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

    /** A value computed from the entity. The computation returns the value, null, or {@link #ABSENT}. */
    static Source computed(String description, Function<Map<String, @Nullable Object>, @Nullable Object> computation) {
        return new Source(description, (entity, payload) -> computation.apply(entity));
    }
}
