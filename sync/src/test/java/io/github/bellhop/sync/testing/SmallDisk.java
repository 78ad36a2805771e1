package io.github.bellhop.sync.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system in memory. Only root can mount it; for other users, the test is skipped. */
public final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts a file system of this size. Skips the test if that is not possible. */
    public static SmallDisk ofMegabytes(int size) {
        Path folder = Scratch.folder("disk");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size + "m,mode=0700", "tmpfs", folder.toString()),
                "a file system can be mounted");
        return new SmallDisk(folder);
    }

    /** Returns the mount point. */
    public Path folder() {
        return folder;
    }

    /** Fills the file system completely. */
    public void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(new byte[CHUNK]);
            }
        } catch (IOException fault) {
            if (Files.getFileStore(folder).getUsableSpace() > 0) {
                throw fault;
            }
        }
    }

    /** Frees the space that {@link #fill} used. */
    public void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missingCommand) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Unmounts the file system, even if one of its files is still open. */
    @Override
    public void close() throws IOException {
        if (!run("umount", "--lazy", folder.toString())) {
            throw new IOException(folder + " was not unmounted");
        }
    }
}
