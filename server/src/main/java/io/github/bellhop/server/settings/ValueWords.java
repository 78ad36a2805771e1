package io.github.bellhop.server.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** What a setting takes, in words. */
final class ValueWords {
    private static final Map<Class<?>, String> WORDS = Map.of(
            int.class, "a whole number",
            boolean.class, "true or false",
            Duration.class, "a time such as 10s, 5m or 6h",
            DataSize.class, "a size such as 512KB or 1MB",
            URI.class, "an address such as https://example.com/list.json");

    private ValueWords() {}

    static String of(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants())
                            .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return WORDS.getOrDefault(type, "a text");
    }
}
