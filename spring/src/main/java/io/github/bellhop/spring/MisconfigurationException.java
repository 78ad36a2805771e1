package io.github.bellhop.spring;

import io.github.bellhop.BellhopException;

/** Something about the app that Bellhop cannot be started with. The message names it and holds no secret. */
final class MisconfigurationException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** What to do. */
    private final String mend;

    MisconfigurationException(String problem, String mend) {
        super("misconfigured", problem, null);
        this.mend = mend;
    }

    String mend() {
        return mend;
    }
}
