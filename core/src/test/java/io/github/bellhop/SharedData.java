package io.github.bellhop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Test data in a folder named {@code shared} next to the project. The folder exists only on some machines and is not
 * part of the project.
 */
public final class SharedData {
    /** Creates the tests for a file or folder. */
    @FunctionalInterface
    public interface TestsOver {
        Stream<DynamicTest> in(Path found) throws IOException;
    }

    private SharedData() {}

    /** Returns the file or folder with that name. If it does not exist, the test is reported as skipped. */
    public static Path require(String name) {
        Path found = find(name);
        Assumptions.assumeTrue(found != null, "no shared/" + name + " next to the project");
        return Objects.requireNonNull(found);
    }

    /**
     * Returns the tests for the file or folder with that name. If it does not exist, the result is one skipped test.
     */
    public static Stream<DynamicTest> tests(String name, TestsOver tests) throws IOException {
        Path found = find(name);
        return found != null ? tests.in(found) : Stream.of(DynamicTest.dynamicTest(name, () -> require(name)));
    }

    /** Returns the file or folder with that name, if it exists. */
    public static Optional<Path> ifPresent(String name) {
        return Optional.ofNullable(find(name));
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
