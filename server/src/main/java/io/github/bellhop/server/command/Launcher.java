package io.github.bellhop.server.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the command that started the program, so that users can copy the commands that the program prints. */
final class Launcher {
    /** The system property in which the launcher passes its own path. */
    static final String PROPERTY = "bellhop.launcher";

    private static final String NAME = "bellhop";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+=:,-]+");

    private Launcher() {}

    /** Returns the word to type in this process's working directory to start the program. */
    static String ofProcess() {
        return word(System.getProperty(PROPERTY), String.valueOf(System.getenv("PATH")));
    }

    /**
     * Returns the word to type to start the program.
     *
     * @param called the path by which the launcher was called; null if there was no launcher
     * @param path   the folders that a shell searches for programs
     */
    static String word(@Nullable String called, String path) {
        if (called == null || called.isBlank()) {
            return NAME;
        }
        return isFoundByName(called, path) ? NAME : quoted(called);
    }

    /** Whether a shell found the program in its search path. The shell then calls the program by its full path. */
    private static boolean isFoundByName(String called, String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, NAME);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate.equals(Path.of(called));
            }
        }
        return false;
    }

    /** Quotes a word for a POSIX shell, if it needs quotes. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
