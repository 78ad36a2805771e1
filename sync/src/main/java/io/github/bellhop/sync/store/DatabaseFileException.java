package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.io.IOException;
import java.nio.file.Path;

/** The file of an SQLite database, or its folder, cannot be made or used. */
public final class DatabaseFileException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** A file that is there and is of no use. */
    DatabaseFileException(String message) {
        super("database-file-unusable", message, null);
    }

    DatabaseFileException(Path file, Path folder, IOException cause) {
        super(
                "database-file-unmade",
                "The database file " + file.getFileName() + " cannot be made in the folder " + folder + " ("
                        + cause.getClass().getSimpleName() + "). Make that folder, with the right to write in it, or"
                        + " choose another place with bellhop.database.url.",
                cause);
    }
}
