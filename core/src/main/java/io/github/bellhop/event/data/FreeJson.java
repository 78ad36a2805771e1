package io.github.bellhop.event.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects of any shape: metadata and the like. {@code Map.copyOf} would not take their nulls. */
final class FreeJson {
    private FreeJson() {}

    static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> json) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
}
