package io.github.bellhop.server.terminal;

/** Text for a terminal: wrapped at {@value #WIDTH} columns, and without characters that could steer it. */
public final class Paragraph {
    public static final int WIDTH = 80;

    private Paragraph() {}

    /** The text in lines, each with its line break. */
    public static String of(String text) {
        return of("", text);
    }

    /** The same, with something before each line. */
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

    /** On one line, with single spaces. */
    public static String plain(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
