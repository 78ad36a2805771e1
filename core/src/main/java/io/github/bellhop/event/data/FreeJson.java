package io.github.bellhop.event.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies JSON objects of any shape, such as metadata. {@code Map.copyOf} does not accept the nulls in them. */
final class FreeJson {
    private FreeJson() {}

    static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> json) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
}
