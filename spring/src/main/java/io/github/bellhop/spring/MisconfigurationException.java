package io.github.bellhop.spring;

import io.github.bellhop.BellhopException;

/**
 * The app is configured in a way that prevents Bellhop from starting. The message describes the problem and contains no
 * secret.
 */
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
