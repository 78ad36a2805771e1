package io.github.bellhop;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Collected facts that lie in a folder {@code shared} beside the project on some machines, and are no part of it. */
public final class SharedData {
    private SharedData() {}

    /** The file or folder of that name; skips the test, visibly, where it is not there. */
    public static Path require(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        Assumptions.abort("skipped: no shared/" + name + " beside the project");
        throw new AssertionError("unreachable: the assumption above has ended the test");
    }
}
