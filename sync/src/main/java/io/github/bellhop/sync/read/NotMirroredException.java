package io.github.bellhop.sync.read;

import io.github.bellhop.BellhopException;

/** Thrown by a query of a table that the settings exclude from the mirror. */
public final class NotMirroredException extends BellhopException {
    private static final long serialVersionUID = 1L;

    NotMirroredException(String table) {
        super(
                "not-mirrored",
                "The table " + table + " is not mirrored, so nothing can be found in it. Include it in"
                        + " bellhop.mirror.tables.",
                null);
    }
}
