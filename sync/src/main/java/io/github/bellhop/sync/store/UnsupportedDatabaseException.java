package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;

/** Thrown if a JDBC URL is malformed or its database is not supported. The message never contains the URL. */
public final class UnsupportedDatabaseException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param problem what is wrong: a sentence without any part of the URL that could contain a password
     */
    UnsupportedDatabaseException(String problem) {
        super(
                "database-unsupported",
                problem + " Set bellhop.database.url to jdbc:sqlite:data/bellhop.db or"
                        + " jdbc:postgresql://HOST:5432/NAME.",
                null);
    }
}
