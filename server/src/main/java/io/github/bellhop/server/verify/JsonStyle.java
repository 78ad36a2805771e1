package io.github.bellhop.server.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * A way of writing JSON.
 *
 * @param space   the white space
 * @param sorted  whether the keys are in alphabetical order; otherwise they keep their original order
 * @param escapes how non-ASCII characters are written
 * @param slash   whether {@code /} is written {@code \/}
 * @param html    whether {@code <}, {@code >} and {@code &} are escaped, as Go does
 */
record JsonStyle(Space space, boolean sorted, Escapes escapes, boolean slash, boolean html) {
    /** The white space between the tokens. */
    enum Space {
        COMPACT("compact", "", ",", ":"),
        SPACED("with spaces after commas and colons, as Python's json.dumps writes", "", ", ", ": "),
        PRETTY_2("pretty-printed with two spaces", "  ", ",", ": "),
        PRETTY_4("pretty-printed with four spaces", "    ", ",", ": "),
        PRETTY_TAB("pretty-printed with tabs", "\t", ",", ": "),
        PRETTY_COLON("pretty-printed with spaces around colons, as Jackson writes", "  ", ",", " : ");

        final String words;
        final String indent;
        final String comma;
        final String colon;

        Space(String words, String indent, String comma, String colon) {
            this.words = words;
            this.indent = indent;
            this.comma = comma;
            this.colon = colon;
        }
    }

    /** How non-ASCII characters are written. */
    enum Escapes {
        NONE,
        LOWER_CASE,
        UPPER_CASE
    }

    /** Returns all styles, the most common one first. */
    static List<JsonStyle> all() {
        List<JsonStyle> styles = new ArrayList<>();
        for (Space space : Space.values()) {
            for (boolean sorted : new boolean[] {false, true}) {
                for (Escapes escapes : Escapes.values()) {
                    for (int i = 0; i < 4; i++) {
                        styles.add(new JsonStyle(space, sorted, escapes, (i & 1) != 0, (i & 2) != 0));
                    }
                }
            }
        }
        return styles;
    }

    /**
     * Describes the changes from this style to another.
     *
     * @param now the style of the received body
     */
    List<String> changesTo(JsonStyle now) {
        List<String> changes = new ArrayList<>();
        if (now.space != space) {
            changes.add("the body is " + now.space.words + ", and was signed " + space.words);
        }
        if (now.sorted != sorted || sorted) {
            changes.add("the order of its keys was changed");
        }
        if (now.escapes != escapes) {
            changes.add(
                    now.escapes == Escapes.NONE
                            ? "\\u escapes were decoded"
                            : "non-ASCII characters were replaced by \\u escapes");
        }
        if (now.slash != slash) {
            changes.add(now.slash ? "slashes were escaped" : "escaped slashes were unescaped");
        }
        if (now.html != html) {
            changes.add("the characters < > & were escaped or unescaped");
        }
        return changes;
    }
}
