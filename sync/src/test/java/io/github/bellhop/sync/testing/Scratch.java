package io.github.bellhop.sync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where the databases of tests are: in memory where the system has a folder there with enough room, since each commit
 * waits for the disk otherwise, and no test asks what a power cut leaves. Removed when this process ends.
 */
final class Scratch {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Old databases are removed as the tests go on, so this is never filled. */
    private static final long WANTED_BYTES = 4L << 30;

    private static final List<Runnable> BEFORE_REMOVAL = new CopyOnWriteArrayList<>();
    private static final Path ROOT = root();

    private Scratch() {}

    /** A new and empty folder. */
    static Path folder(String name) {
        try {
            return Files.createTempDirectory(ROOT, name);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** What is to be done at the end of this process, while the folders are still there. */
    static void beforeRemoval(Runnable work) {
        BEFORE_REMOVAL.add(work);
    }

    private static Path root() {
        try {
            boolean roomy =
                    Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= WANTED_BYTES;
            Path root = roomy
                    ? Files.createTempDirectory(MEMORY, "bellhop-test")
                    : Files.createTempDirectory("bellhop-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                awaitSpring();
                BEFORE_REMOVAL.forEach(Runnable::run);
                remove(root);
            }));
            return root;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Contexts that end beside this would wait for a database that is gone. All hooks of a process run at once. */
    private static void awaitSpring() {
        try {
            for (int i = 0; i < 20; i++) {
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getName().equals("SpringApplicationShutdownHook")) {
                        thread.join(20_000);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException ignored) {
            // What is left, the system removes some day.
        }
    }
}
