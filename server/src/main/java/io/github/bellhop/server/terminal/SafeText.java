package io.github.bellhop.server.terminal;

import java.util.regex.Pattern;

/**
 * What strangers wrote, as it may be shown: without the characters that steer a terminal (C0 and C1), turn the direction
 * of the text, break lines or cannot be seen. Pipes lead to terminals too, so that JSON is no exception.
 */
public final class SafeText {
    /** Controls, formats (bidi controls among them), and the separators of lines and paragraphs. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private static final Pattern UNSAFE_IN_JSON = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}\\u007F-\\u009F]");

    private SafeText() {}

    /** With a question mark in place of each. */
    public static String marked(String text) {
        return UNSAFE.matcher(text).replaceAll("?");
    }

    /** The same JSON with these characters escaped. C0 is escaped already, as JSON demands. */
    public static String json(String json) {
        return UNSAFE_IN_JSON.matcher(json).replaceAll(found -> {
            StringBuilder escaped = new StringBuilder();
            found.group().chars().forEach(c -> escaped.append(String.format("\\\\u%04x", c)));
            return escaped.toString();
        });
    }
}
