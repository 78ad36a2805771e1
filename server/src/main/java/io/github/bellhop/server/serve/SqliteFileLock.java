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

/** Holds an SQLite file for one server: a second one on it is refused. The other commands do not ask for it. */
final class SqliteFileLock implements AutoCloseable {
    private final FileChannel channel;

    private SqliteFileLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock beside the file; does nothing and gives null when the database is no file. */
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
                throw new UnusableSettingException("Another bellhop serves on " + database
                        + " already. Stop it, or choose another file with BELLHOP_DATABASE_URL; several servers at once"
                        + " need PostgreSQL.");
            }
            return new SqliteFileLock(channel);
        } catch (IOException unwritable) {
            throw new UnusableSettingException(
                    "The database file " + database + " cannot be made (BELLHOP_DATABASE_URL): "
                            + unwritable.getClass().getSimpleName().replaceFirst("Exception$", "")
                            + ". Fix the permissions of its folder, or choose another place.");
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
            // The process ends or the file is gone; either way nobody is kept out.
        }
    }
}
