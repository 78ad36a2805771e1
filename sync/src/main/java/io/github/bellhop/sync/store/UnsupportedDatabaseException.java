package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;

/** A JDBC URL of a database that Bellhop does not know, or that is malformed. */
public final class UnsupportedDatabaseException extends BellhopException {
    private static final long serialVersionUID = 1L;

    UnsupportedDatabaseException(String scheme) {
        super(
                "database-unsupported",
                "The database '" + scheme + "' is not supported. Set BELLHOP_DATABASE_URL to"
                        + " jdbc:sqlite:data/bellhop.db or jdbc:postgresql://HOST:5432/NAME.",
                null);
    }
}
