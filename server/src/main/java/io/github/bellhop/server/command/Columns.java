package io.github.bellhop.server.command;

/** The room that text takes on a terminal: Hangul, Han, Kana and emoji take two columns each (Unicode, annex 11). */
final class Columns {
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private Columns() {}

    /** How many columns. */
    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (character >= range[0] && character <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** The text, or as much of its beginning as has room together with three dots. */
    static String shortened(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int left = width - 3;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= of(character);
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end) + "...";
    }
}
