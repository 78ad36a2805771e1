package io.github.bellhop.sync.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file of an SQLite database, as it was when the database was opened. What is written after its path leads elsewhere
 * is lost to whoever opens that path next. Thread-safe.
 */
final class WatchedFile {
    /** Less than this is a full disk: a message may need as much. */
    private static final long ROOM = 2L * 1024 * 1024;

    private final Path path;
    private volatile boolean found;
    private volatile @Nullable Object key;

    private WatchedFile(Path path) {
        this.path = path;
    }

    /** Watches a file from now on, or from when it is there first. */
    static WatchedFile at(Path path) {
        WatchedFile file = new WatchedFile(path);
        boolean unused = file.isThere();
        return file;
    }

    /** Whether the path still leads to the same file; where the system gives files no keys, whether to any. */
    boolean isThere() {
        if (!found) {
            found = Files.exists(path);
            key = keyOf(path);
            return true;
        }
        Object known = key;
        return known == null ? Files.exists(path) : known.equals(keyOf(path));
    }

    StoreException gone() {
        String message = "the path leads to another file or to none";
        return fault(StoreFault.FILE_GONE, message, SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
    }

    private static StoreException fault(StoreFault fault, String message, SQLiteErrorCode code) {
        return new StoreException(fault, new SQLiteException(message, code), code.name());
    }

    /**
     * Looks whether the disk has room for a message.
     *
     * @throws StoreException when it has not
     */
    void requireRoom() {
        try {
            if (Files.getFileStore(path).getUsableSpace() < ROOM) {
                throw fault(StoreFault.DISK_FULL, "too little room", SQLiteErrorCode.SQLITE_FULL);
            }
        } catch (IOException unknown) {
            // What is written next will tell.
        }
    }

    private static @Nullable Object keyOf(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException unreachable) {
            return null;
        }
    }
}
