package io.github.bellhop.server.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the program was started, so that the commands it prints can be typed as they stand. */
final class Launcher {
    /** Where the launcher says how it was called. */
    static final String PROPERTY = "bellhop.launcher";

    private static final String NAME = "bellhop";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+=:,-]+");

    private Launcher() {}

    /** The word that starts the program in this process's working directory. */
    static String ofProcess() {
        return word(System.getProperty(PROPERTY), String.valueOf(System.getenv("PATH")));
    }

    /**
     * The same.
     *
     * @param called how the launcher was called; null if there was none
     * @param path   the folders in which a shell looks for programs
     */
    static String word(@Nullable String called, String path) {
        if (called == null || called.isBlank()) {
            return NAME;
        }
        return isFoundByName(called, path) ? NAME : quoted(called);
    }

    /** A shell that found the program in its path calls it by its whole name. */
    private static boolean isFoundByName(String called, String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, NAME);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate.equals(Path.of(called));
            }
        }
        return false;
    }

    /** For a POSIX shell. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
