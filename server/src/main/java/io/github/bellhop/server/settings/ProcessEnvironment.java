package io.github.bellhop.server.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment of this process, and under it what {@code .env.local} and {@code .env} of its directory add. */
final class ProcessEnvironment implements ProgramEnvironment {
    private final Path workingDirectory = Path.of("").toAbsolutePath();
    private final Map<String, String> local = DotEnv.read(workingDirectory.resolve(".env.local"));
    private final Map<String, String> shared = DotEnv.read(workingDirectory.resolve(".env"));

    @Override
    public @Nullable String get(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            value = local.getOrDefault(name, shared.get(name));
        }
        return value == null || value.isBlank() ? null : value;
    }

    @Override
    public Path workingDirectory() {
        return workingDirectory;
    }
}
