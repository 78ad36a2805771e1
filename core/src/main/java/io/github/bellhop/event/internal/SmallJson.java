package io.github.bellhop.event.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the objects and arrays of a JSON tree. Those of none or one member, of which a payload can hold hundreds of
 * thousands, take a few bytes instead of a hash table.
 *
 * @hidden
 */
public final class SmallJson {
    private static final int SMALL = 2;

    private SmallJson() {}

    /** An object with one member more, or another value of one that it has; the given one is not used any more. */
    public static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> object, String key, @Nullable Object value) {
        if (object.isEmpty()) {
            return Collections.singletonMap(key, value);
        }
        Map<String, @Nullable Object> larger = object;
        if (object.size() == 1 && !(object instanceof LinkedHashMap)) {
            larger = new LinkedHashMap<>(SMALL);
            larger.putAll(object);
        }
        larger.put(key, value);
        return larger;
    }

    /** An array with one element more; the given one is not used any more. */
    public static List<@Nullable Object> with(List<@Nullable Object> array, @Nullable Object element) {
        if (array.isEmpty()) {
            return Collections.singletonList(element);
        }
        List<@Nullable Object> larger = array;
        if (array.size() == 1 && !(array instanceof ArrayList)) {
            larger = new ArrayList<>(SMALL);
            larger.addAll(array);
        }
        larger.add(element);
        return larger;
    }
}
