package io.github.bellhop.event.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the objects and arrays of a JSON tree. A payload can contain hundreds of thousands of them with at most one
 * member; each of these takes a few bytes instead of a hash table.
 *
 * @hidden
 */
public final class SmallJson {
    private static final int SMALL = 2;

    private SmallJson() {}

    /** Returns the object with one member added or replaced. The caller must not use the given object afterwards. */
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

    /** Returns the array with one element added. The caller must not use the given array afterwards. */
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
