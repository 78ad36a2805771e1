package io.github.bellhop.sync.testing;

import java.nio.charset.StandardCharsets;

/** Writes payloads in single quotes, which read better in tests. */
public final class Json {
    private Json() {}

    public static byte[] of(String text, Object... values) {
        return text.formatted(values).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
