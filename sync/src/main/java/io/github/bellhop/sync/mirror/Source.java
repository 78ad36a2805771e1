package io.github.bellhop.sync.mirror;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a column's value stands in an entity's JSON. */
public interface Source {
    /** The answer when the key is not there at all. */
    Object ABSENT = new Object();

    /** The JSON value (see {@link PayloadTree}), null for a JSON null, or {@link #ABSENT}. */
    @Nullable
    Object read(Map<String, @Nullable Object> entity);

    /** The path as documentation shows it. */
    String path();

    /** A path of keys separated by dots. Only its first key can be absent: an object that is there is a snapshot. */
    static Source at(String path) {
        String[] keys = path.split("\\.", -1);
        return new Described(path, entity -> {
            if (!entity.containsKey(keys[0])) {
                return ABSENT;
            }
            Object value = entity.get(keys[0]);
            for (int i = 1; i < keys.length; i++) {
                value = value instanceof Map<?, ?> object ? object.get(keys[i]) : null;
            }
            return value;
        });
    }

    /** The first of several paths that holds something; absent only if all are. */
    static Source firstOf(String... paths) {
        List<Source> sources = Stream.of(paths).map(Source::at).toList();
        return new Described(String.join(" | ", paths), entity -> {
            Object answer = ABSENT;
            for (Source source : sources) {
                Object value = source.read(entity);
                if (value != null && value != ABSENT && !value.equals("")) {
                    return value;
                }
                answer = value == ABSENT ? answer : null;
            }
            return answer;
        });
    }

    /** A value that is computed from the entity, described in words. */
    static Source computed(String description, Function<Map<String, @Nullable Object>, @Nullable Object> computation) {
        return new Described(description, computation);
    }

    /**
     * A source with its description.
     *
     * @param path        the path as documentation shows it
     * @param computation how the value is found
     */
    record Described(String path, Function<Map<String, @Nullable Object>, @Nullable Object> computation)
            implements Source {
        @Override
        public @Nullable Object read(Map<String, @Nullable Object> entity) {
            return computation.apply(entity);
        }
    }
}
