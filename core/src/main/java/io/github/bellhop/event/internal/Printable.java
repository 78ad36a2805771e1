package io.github.bellhop.event.internal;

import org.jspecify.annotations.Nullable;

/** What may be shown of an event: names and ids, never what else a payload says. */
public final class Printable {
    private static final int LONGEST_NAME = 255;

    private Printable() {}

    /** The name of a record and, when there is one, its id: {@code User[id=user_1]}. */
    public static String record(String name, @Nullable String id) {
        return name + "[id=" + name(id) + "]";
    }

    /** The name of a record that has no id. */
    public static String record(String name) {
        return name + "[]";
    }

    /** The text, when it can be an id or a type: short, printable ASCII, no spaces. What else it is, it stays unsaid. */
    public static String name(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        boolean fit = text.length() <= LONGEST_NAME && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return fit ? text : "(unprintable)";
    }
}
