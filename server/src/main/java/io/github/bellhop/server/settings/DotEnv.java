package io.github.bellhop.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .env} files: one {@code NAME=value} per line. Supports {@code #} comments, quoted values and
 * {@code export}.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");

    private DotEnv() {}

    /** Returns the variables of a file; empty if the file does not exist. */
    static Map<String, String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UnusableSettingException("The file " + file + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "). Fix its permissions or its encoding, or remove it.");
        }
        Map<String, String> variables = new HashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
            if (!line.strip().startsWith("#") && matcher.matches()) {
                variables.put(matcher.group(1), value(matcher.group(2)));
            }
        }
        return variables;
    }

    private static String value(String text) {
        char quote = text.isEmpty() ? 0 : text.charAt(0);
        int end = text.indexOf(quote, 1);
        if ((quote == '"' || quote == '\'') && end > 0) {
            return text.substring(1, end);
        }
        return COMMENT.matcher(text).replaceFirst("");
    }
}
