package io.github.bellhop.server.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The environment of this process. */
final class ProcessEnvironment implements ProgramEnvironment {
    @Override
    public @Nullable String get(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? null : value;
    }

    @Override
    public Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }
}
