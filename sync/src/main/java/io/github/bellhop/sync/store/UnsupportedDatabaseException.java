package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;

/** A JDBC URL of a database that Bellhop does not know, or that is malformed. The message never holds the URL. */
public final class UnsupportedDatabaseException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param problem a sentence that tells what is wrong, without any part that could hold a password
     */
    UnsupportedDatabaseException(String problem) {
        super(
                "database-unsupported",
                problem + " Set bellhop.database.url to jdbc:sqlite:data/bellhop.db or"
                        + " jdbc:postgresql://HOST:5432/NAME.",
                null);
    }
}
