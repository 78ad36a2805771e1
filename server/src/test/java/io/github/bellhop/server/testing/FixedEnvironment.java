package io.github.bellhop.server.testing;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An environment with only these variables, independent of the environment of the tests. */
public record FixedEnvironment(Path workingDirectory, Map<String, String> variables) implements ProgramEnvironment {
    @Override
    public @Nullable String get(String name) {
        return variables.get(name);
    }
}
