package io.github.bellhop.server.command;

import io.github.bellhop.BellhopException;
import java.time.Duration;

/** A command asked the database for more than it could give in time. The statement was cancelled at the server. */
final class TooSlowException extends BellhopException {
    private static final long serialVersionUID = 1L;

    TooSlowException(Duration patience) {
        super(
                "statement-too-slow",
                "The database did not answer within " + patience.toSeconds()
                        + " s, and the statement was cancelled. Narrow"
                        + " it, for example with --since, --type or an id.",
                null);
    }
}
