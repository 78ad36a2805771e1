package io.github.bellhop.server.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The environment that the program is started in: its environment variables and its working directory. */
public interface ProgramEnvironment {
    /** The file with the signing secret of {@code bellhop dev}, relative to the working directory. */
    Path DEV_SECRET = Path.of("data", "dev-secret");

    /**
     * Returns the value of a variable; null if it is not set or blank.
     *
     * @throws UnusableSettingException if a file that may contain it cannot be read
     */
    @Nullable
    String get(String name);

    /** Returns the directory that relative paths are resolved against. */
    Path workingDirectory();

    /** Returns the environment of this process. */
    static ProgramEnvironment ofProcess() {
        return new ProcessEnvironment(System.getenv(), Path.of("").toAbsolutePath());
    }
}
