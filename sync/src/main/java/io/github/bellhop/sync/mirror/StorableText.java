package io.github.bellhop.sync.mirror;

import org.jspecify.annotations.Nullable;

/**
 * Makes strings storable in every database. Received strings may contain U+0000, which PostgreSQL rejects in text and
 * JSON, and unpaired surrogates, which are not characters. Each of these is replaced with U+FFFD.
 *
 * @hidden
 */
public final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** Returns the string, or a copy with replacements if it contains characters that cannot be stored. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    /** Returns the storable string; null for null. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** Returns the storable id; null if it is null or too long for its index. */
    static @Nullable String id(@Nullable String id) {
        return id == null || id.length() > EntityKey.MAX_ID_LENGTH ? null : of(id);
    }

    private static String replaced(String text, int from) {
        StringBuilder result = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                result.append(c).append(text.charAt(++i));
            } else {
                result.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return result.toString();
    }
}
