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
 * Where the last good list is kept for the next start; the file's time is when its URL last confirmed it. It is
 * replaced as a whole: a crash leaves the old one or the new one.
 */
record AllowlistFile(Path path) {
    private static final Logger log = LoggerFactory.getLogger(AllowlistFile.class);

    /**
     * What was kept.
     *
     * @param list        the list
     * @param confirmedAt when its URL last confirmed it
     */
    record Kept(AddressList list, Instant confirmedAt) {}

    /** What is kept; null when there is nothing, or nothing usable. */
    @Nullable
    Kept read() {
        try {
            return new Kept(
                    AddressList.parseJson(Files.readAllBytes(path)),
                    Files.getLastModifiedTime(path).toInstant());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException | InvalidAddressException unusable) {
            log.warn("The kept list of Svix's addresses ({}) is unusable; the built-in one counts", path);
            return null;
        }
    }

    /** Replaces what is kept. */
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

    /** What is kept was confirmed again. */
    void confirm(Instant confirmedAt) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(confirmedAt));
    }
}
