package io.github.bellhop.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Text for a terminal: wrapped at {@value #WIDTH} columns, and without characters that could steer it. */
final class Paragraph {
    static final int WIDTH = 80;

    private Paragraph() {}

    /** The text in lines, each with its line break. */
    static String of(String text) {
        return of("", text);
    }

    /** Says the text beside the command's output, at once and without what was typed and may be a secret. */
    static void tell(CommandSpec command, String text) {
        CommandLine line = command.commandLine();
        line.getErr().print(of(TypedSecrets.masked(text, line.getParseResult().originalArgs())));
        line.getErr().flush();
    }

    /** The same, with something before each line. */
    static String of(String indent, String text) {
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
    static String plain(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ").strip();
    }
}
