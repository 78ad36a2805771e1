package io.github.bellhop.server.verify;

import io.github.bellhop.BellhopException;

/** Thrown if a capture contains no delivery that can be checked; the message says what to pass instead. */
public final class UnreadableCaptureException extends BellhopException {
    private static final long serialVersionUID = 1L;

    UnreadableCaptureException(String message) {
        super("capture-unreadable", message, null);
    }
}
