package io.github.bellhop.server.command;

import io.github.bellhop.BellhopException;
import java.time.Duration;

/** A command's statement exceeded its timeout and was cancelled in the database. */
final class TooSlowException extends BellhopException {
    private static final long serialVersionUID = 1L;

    TooSlowException(Duration timeout) {
        super(
                "statement-too-slow",
                "The database did not answer within " + timeout.toSeconds()
                        + " s, and the statement was cancelled. Narrow"
                        + " the search, for example with --since, --type or an id.",
                null);
    }
}
