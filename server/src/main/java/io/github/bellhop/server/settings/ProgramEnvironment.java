package io.github.bellhop.server.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the program finds around it when it is started: its environment variables and its directory. */
public interface ProgramEnvironment {
    /** Where bellhop dev keeps its own signing secret, below the working directory. */
    Path DEV_SECRET = Path.of("data", "dev-secret");

    /**
     * The value of a variable; null when it is not set or empty, which means the same here.
     *
     * @throws UnusableSettingException when a file that could hold it cannot be read
     */
    @Nullable
    String get(String name);

    /** The directory that relative paths are relative to. */
    Path workingDirectory();

    /** The environment of this process. */
    static ProgramEnvironment ofProcess() {
        return new ProcessEnvironment(System.getenv(), Path.of("").toAbsolutePath());
    }
}
