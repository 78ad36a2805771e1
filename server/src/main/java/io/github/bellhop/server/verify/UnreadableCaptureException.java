package io.github.bellhop.server.verify;

import io.github.bellhop.BellhopException;

/** A capture holds no delivery that could be judged; the message says what to give instead. */
public final class UnreadableCaptureException extends BellhopException {
    private static final long serialVersionUID = 1L;

    UnreadableCaptureException(String message) {
        super("capture-unreadable", message, null);
    }
}
