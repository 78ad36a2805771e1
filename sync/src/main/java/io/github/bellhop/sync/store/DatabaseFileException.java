package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.io.IOException;
import java.nio.file.Path;

/** Thrown if the file of an SQLite database, or its folder, cannot be created or used. */
public final class DatabaseFileException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception for a file that exists but cannot be used. */
    DatabaseFileException(String message) {
        super("database-file-unusable", message, null);
    }

    DatabaseFileException(Path file, Path folder, IOException cause) {
        super(
                "database-file-unmade",
                "The database file " + file.getFileName() + " cannot be created in the folder " + folder + " ("
                        + cause.getClass().getSimpleName()
                        + "). Create that folder with write permission, or set bellhop.database.url to a file in another folder.",
                cause);
    }
}
