package io.github.bellhop.server.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables, then those in the directory's {@code .env.local} and {@code .env}, in order of precedence. */
final class ProcessEnvironment implements ProgramEnvironment {
    private final Map<String, String> variables;
    private final Path workingDirectory;
    private @Nullable Map<String, String> local;
    private @Nullable Map<String, String> shared;

    /** Creates an environment. A file is read when a variable is first looked up in it. */
    ProcessEnvironment(Map<String, String> variables, Path workingDirectory) {
        this.variables = variables;
        this.workingDirectory = workingDirectory;
    }

    @Override
    public @Nullable String get(String name) {
        String value = nonBlank(variables, name);
        if (value == null) {
            value = nonBlank(local(), name);
        }
        return value == null ? nonBlank(shared(), name) : value;
    }

    private static @Nullable String nonBlank(Map<String, String> from, String name) {
        String value = from.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private Map<String, String> local() {
        if (local == null) {
            local = DotEnv.read(workingDirectory.resolve(".env.local"));
        }
        return local;
    }

    private Map<String, String> shared() {
        if (shared == null) {
            shared = DotEnv.read(workingDirectory.resolve(".env"));
        }
        return shared;
    }

    @Override
    public Path workingDirectory() {
        return workingDirectory;
    }
}
