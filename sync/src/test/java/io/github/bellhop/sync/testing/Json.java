package io.github.bellhop.sync.testing;

import java.nio.charset.StandardCharsets;

/** Writes payloads in single quotes, which read better in tests. */
public final class Json {
    private Json() {}

    public static byte[] of(String text, Object... values) {
        return text.replace('\'', '"').formatted(values).getBytes(StandardCharsets.UTF_8);
    }
}
