package io.github.bellhop.event.internal;

import org.jspecify.annotations.Nullable;

/** Formats the parts of an event that may be shown: names and ids, but nothing else from the payload. */
public final class Printable {
    private static final int LONGEST_NAME = 255;

    private Printable() {}

    /** Returns a record's name and, if present, its id: {@code User[id=user_1]}. */
    public static String record(String name, @Nullable String id) {
        return name + "[id=" + name(id) + "]";
    }

    /** Returns the name of a record without an id. */
    public static String record(String name) {
        return name + "[]";
    }

    /**
     * Returns the string if it can be an id or a type: short, printable ASCII without spaces. Otherwise returns a
     * placeholder.
     */
    public static String name(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        boolean fit = text.length() <= LONGEST_NAME && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return fit ? text : "(unprintable)";
    }
}
