package io.github.bellhop.server.serve;

import io.github.bellhop.server.settings.UnusableSettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Locks an SQLite file for one server, so that a second server cannot start with it. Other commands ignore the lock.
 */
final class SqliteFileLock implements AutoCloseable {
    private final FileChannel channel;

    private SqliteFileLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Acquires the lock in a file next to the database; returns null if the database is not a file. */
    static @Nullable SqliteFileLock of(@Nullable Path database) {
        if (database == null) {
            return null;
        }
        Path file = Path.of(database + ".lock");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UnusableSettingException("BELLHOP_DATABASE_URL: another bellhop serve is already using "
                        + database + ". Stop it, or set another file. To run several servers, use PostgreSQL.");
            }
            return new SqliteFileLock(channel);
        } catch (IOException unwritable) {
            throw new UnusableSettingException(
                    "BELLHOP_DATABASE_URL: the database file " + database + " cannot be created: "
                            + unwritable.getClass().getSimpleName().replaceFirst("Exception$", "")
                            + ". Fix the permissions of its folder, or set another file.");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The lock is released in any case when the process ends.
        }
    }
}
