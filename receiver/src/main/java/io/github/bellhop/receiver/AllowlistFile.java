package io.github.bellhop.receiver;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.address.InvalidAddressException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that stores the last good list for the next start. Its modification time is the time when the URL last
 * confirmed the list. The file is replaced atomically: a crash leaves either the old or the new file.
 */
record AllowlistFile(Path path) {
    private static final Logger log = LoggerFactory.getLogger(AllowlistFile.class);

    /**
     * The stored list.
     *
     * @param list        the list
     * @param confirmedAt when the URL last confirmed the list
     */
    record Kept(AddressList list, Instant confirmedAt) {}

    /** Returns the stored list; null if there is none or it is unusable. */
    @Nullable
    Kept read() {
        try {
            return new Kept(
                    AddressList.parseJson(Files.readAllBytes(path)),
                    Files.getLastModifiedTime(path).toInstant());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException | InvalidAddressException unusable) {
            log.warn("The stored list of Svix's addresses ({}) is unusable. Using the built-in list.", path);
            return null;
        }
    }

    /** Replaces the stored list. */
    void write(byte[] json, Instant confirmedAt) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path half = Files.createTempFile(folder, "allowlist", ".tmp");
        try {
            Files.write(half, json);
            Files.setLastModifiedTime(half, FileTime.from(confirmedAt));
            Files.move(half, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** Records that the URL confirmed the stored list again. */
    void confirm(Instant confirmedAt) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(confirmedAt));
    }
}
