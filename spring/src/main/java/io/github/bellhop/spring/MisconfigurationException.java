package io.github.bellhop.spring;

import io.github.bellhop.BellhopException;

/** Something about the app that Bellhop cannot be started with. The message names it and holds no secret. */
final class MisconfigurationException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** What to do. */
    private final String action;

    MisconfigurationException(String problem, String action) {
        super("misconfigured", problem, null);
        this.action = action;
    }

    String action() {
        return action;
    }
}
