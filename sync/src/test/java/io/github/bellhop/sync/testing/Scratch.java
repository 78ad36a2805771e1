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
 * The folder for the tests' databases. It is in memory if {@code /dev/shm} has enough space, because commits would
 * otherwise wait for the disk, and no test simulates a power failure. It is deleted when this process ends.
 */
final class Scratch {
    private static final Path MEMORY = Path.of("/dev/shm");

    /**
     * The free space needed in memory. Old databases are removed while the tests run, so this space is never used up.
     */
    private static final long REQUIRED_BYTES = 4L << 30;

    private static final List<Runnable> BEFORE_REMOVAL = new CopyOnWriteArrayList<>();
    private static final Path ROOT = root();

    private Scratch() {}

    /** Creates an empty folder. */
    static Path folder(String name) {
        try {
            return Files.createTempDirectory(ROOT, name);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Registers work to do at the end of this process, before the folders are deleted. */
    static void beforeRemoval(Runnable work) {
        BEFORE_REMOVAL.add(work);
    }

    private static Path root() {
        try {
            boolean hasSpace =
                    Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= REQUIRED_BYTES;
            Path root = hasSpace
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

    /**
     * Waits for Spring's shutdown hook, because all shutdown hooks run at once. Contexts that are still closing would
     * wait for a database that no longer exists.
     */
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
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException ignored) {
            // The operating system will remove the remaining files.
        }
    }
}
