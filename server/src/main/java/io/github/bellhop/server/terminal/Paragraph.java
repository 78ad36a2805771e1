package io.github.bellhop.server.terminal;

/** Text for a terminal, wrapped at {@value #WIDTH} columns and without control characters. */
public final class Paragraph {
    public static final int WIDTH = 80;

    private Paragraph() {}

    /** Returns the text in lines, each with a line break. */
    public static String of(String text) {
        return of("", text);
    }

    /** Returns the text in lines, each with an indent and a line break. */
    public static String of(String indent, String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        for (String word : plain(text).split(" ", -1)) {
            if (line.length() > indent.length() && Columns.of(line + " " + word) > WIDTH) {
                lines.append(line).append(System.lineSeparator());
                line.setLength(indent.length());
            }
            if (line.length() > indent.length()) {
                line.append(' ');
            }
            line.append(word);
        }
        return lines.append(line).append(System.lineSeparator()).toString();
    }

    /** Returns the text on one line, with each run of white space and control characters replaced by a space. */
    public static String plain(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
