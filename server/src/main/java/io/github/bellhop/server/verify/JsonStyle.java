package io.github.bellhop.server.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * How a JSON text is written.
 *
 * @param space   between its parts
 * @param sorted  whether the keys are in alphabetical order; else in the order of the text
 * @param escapes of characters beyond ASCII
 * @param slash   whether {@code /} is written {@code \/}
 * @param html    whether the signs that mean something in HTML are escaped, as Go does
 */
record JsonStyle(Space space, boolean sorted, Escapes escapes, boolean slash, boolean html) {
    /** What stands between the parts. */
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

    /** How characters beyond ASCII are written. */
    enum Escapes {
        NONE,
        LOWER_CASE,
        UPPER_CASE
    }

    /** All of them, the usual one first. */
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
     * What was done to a text that was signed in this style.
     *
     * @param now how it is written now
     */
    List<String> changesTo(JsonStyle now) {
        List<String> changes = new ArrayList<>();
        if (now.space != space) {
            changes.add("the body is " + now.space.words + ", and was signed " + space.words);
        }
        if (now.sorted != sorted || sorted) {
            changes.add("its keys are in another order than the signed ones");
        }
        if (now.escapes != escapes) {
            changes.add(
                    now.escapes == Escapes.NONE
                            ? "\\u escapes were turned into characters"
                            : "characters beyond ASCII were turned into \\u escapes");
        }
        if (now.slash != slash) {
            changes.add(now.slash ? "slashes were escaped" : "escaped slashes were turned into plain ones");
        }
        if (now.html != html) {
            changes.add("the signs < > & were escaped or unescaped");
        }
        return changes;
    }
}
