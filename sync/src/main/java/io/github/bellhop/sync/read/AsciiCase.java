package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * Compares texts in which the letters A to Z may be large or small. Databases differ about all others, and some take
 * the sign of the kelvin for a K: then a stranger's address would be another's.
 */
final class AsciiCase {
    private AsciiCase() {}

    static boolean same(String asked, @Nullable String found) {
        return found != null && small(StorableText.of(asked)).equals(small(found));
    }

    private static String small(String text) {
        StringBuilder small = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            small.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return small.toString();
    }
}
