package io.github.bellhop.examples.snippets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the code in a package's documentation and the test that runs it, both without white space. */
final class Tour {
    private static final Pattern CODE = Pattern.compile("(?s)<pre>\\{@code(.*?)}</pre>");

    private Tour() {}

    /** Returns the code blocks of a package-info file. */
    static List<String> blocks(String file) {
        return CODE.matcher(read(Path.of("../..").resolve(file)).replaceAll("(?m)^ \\*", ""))
                .results()
                .map(match -> bare(match.group(1)))
                .toList();
    }

    /** Returns the source of a test of this package. */
    static String source(Class<?> test) {
        return bare(read(Path.of("src/test/java").resolve(test.getName().replace('.', '/') + ".java")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }
}
