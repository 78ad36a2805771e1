package io.github.bellhop.server.terminal;

import java.util.regex.Pattern;

/**
 * Makes untrusted text safe to print. It replaces or escapes characters that control a terminal (C0 and C1), change the
 * text's direction, break lines or are invisible. JSON needs this too, because piped output can reach a terminal.
 */
public final class SafeText {
    /** Control characters, format characters (which include bidi controls), and line and paragraph separators. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private static final Pattern UNSAFE_IN_JSON = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}\\u007F-\\u009F]");

    private SafeText() {}

    /** Returns the text with each unsafe character replaced by a question mark. */
    public static String marked(String text) {
        return UNSAFE.matcher(text).replaceAll("?");
    }

    /** Returns the same JSON with the unsafe characters escaped. JSON already requires C0 to be escaped. */
    public static String json(String json) {
        return UNSAFE_IN_JSON.matcher(json).replaceAll(found -> {
            StringBuilder escaped = new StringBuilder();
            found.group().chars().forEach(c -> escaped.append(String.format("\\\\u%04x", c)));
            return escaped.toString();
        });
    }
}
