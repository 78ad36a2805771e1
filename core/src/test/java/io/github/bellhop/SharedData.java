package io.github.bellhop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Collected facts that lie in a folder {@code shared} beside the project on some machines, and are no part of it. */
public final class SharedData {
    /** Makes the tests over a file or folder. */
    @FunctionalInterface
    public interface TestsOver {
        Stream<DynamicTest> in(Path found) throws IOException;
    }

    private SharedData() {}

    /** The file or folder of that name; skips the test, visibly, where it is not there. */
    public static Path require(String name) {
        Path found = find(name);
        Assumptions.assumeTrue(found != null, "no shared/" + name + " beside the project");
        return Objects.requireNonNull(found);
    }

    /** Tests over the file or folder of that name; one that is skipped, so that it shows, where it is not there. */
    public static Stream<DynamicTest> tests(String name, TestsOver tests) throws IOException {
        Path found = find(name);
        return found != null ? tests.in(found) : Stream.of(DynamicTest.dynamicTest(name, () -> require(name)));
    }

    private static @Nullable Path find(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        return null;
    }
}
