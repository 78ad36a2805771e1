package io.github.bellhop.server.trigger;

import io.github.bellhop.BellhopException;

/** Thrown if the simulator of {@code bellhop dev} refuses to make an event. The message is the simulator's. */
public final class RefusedEventException extends BellhopException {
    private static final long serialVersionUID = 1L;

    RefusedEventException(String message) {
        super("event-refused", message, null);
    }
}
