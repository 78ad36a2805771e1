package io.github.bellhop.sync.testing;

import java.nio.charset.StandardCharsets;

/** Creates payloads from JSON with single quotes, which are easier to read in tests. */
public final class Json {
    private Json() {}

    public static byte[] of(String text, Object... values) {
        return text.formatted(values).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
