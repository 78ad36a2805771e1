package io.github.bellhop.sync.mirror;

import org.jspecify.annotations.Nullable;

/**
 * Texts that every database takes. What strangers write may hold U+0000, which PostgreSQL refuses in text and JSON,
 * and halves of surrogate pairs, which are no characters; each becomes U+FFFD.
 *
 * @hidden
 */
public final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** The text itself, or a copy with what cannot be stored replaced. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    /** The same; null for null. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** The same for an id; null for one that is too long for its index. */
    static @Nullable String id(@Nullable String id) {
        return id == null || id.length() > EntityKey.MAX_ID_LENGTH ? null : of(id);
    }

    private static String replaced(String text, int from) {
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                clean.append(c).append(text.charAt(++i));
            } else {
                clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }
}
