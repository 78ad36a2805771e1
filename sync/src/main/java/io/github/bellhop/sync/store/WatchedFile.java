package io.github.bellhop.sync.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Watches the file of an SQLite database. If the path later leads to a different file, programs that open the path no
 * longer see what is written to the open database. Thread-safe.
 */
final class WatchedFile {
    /** The free disk space that a message may need. If less is free, the disk counts as full. */
    private static final long MIN_FREE_BYTES = 2L * 1024 * 1024;

    private final Path path;
    private volatile boolean found;
    private volatile @Nullable Object key;

    private WatchedFile(Path path) {
        this.path = path;
    }

    /** Starts watching a file. A file that does not exist yet is watched from the first check after its creation. */
    static WatchedFile at(Path path) {
        WatchedFile file = new WatchedFile(path);
        boolean unused = file.isPresent();
        return file;
    }

    /**
     * Returns whether the path still leads to the same file. On file systems without file keys, returns whether a file
     * exists.
     */
    boolean isPresent() {
        if (!found) {
            found = Files.exists(path);
            key = keyOf(path);
            return true;
        }
        Object expected = key;
        return expected == null ? Files.exists(path) : expected.equals(keyOf(path));
    }

    StoreException movedFault() {
        String message = "the path leads to another file, or the file is missing";
        return fault(StoreFault.FILE_MOVED, message, SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
    }

    private static StoreException fault(StoreFault fault, String message, SQLiteErrorCode code) {
        return new StoreException(fault, new SQLiteException(message, code), code.name());
    }

    /**
     * Checks that the disk has enough free space for a message.
     *
     * @throws StoreException if there is too little free space
     */
    void requireRoom() {
        try {
            if (Files.getFileStore(path).getUsableSpace() < MIN_FREE_BYTES) {
                throw fault(StoreFault.DISK_FULL, "too little free disk space", SQLiteErrorCode.SQLITE_FULL);
            }
        } catch (IOException ignored) {
            // The next write will report the fault.
        }
    }

    private static @Nullable Object keyOf(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException ignored) {
            return null;
        }
    }
}
