package io.github.bellhop.sync.read;

import io.github.bellhop.BellhopException;

/** Something was looked for in a table that is left out of the mirror, where nothing can be found. */
public final class NotMirroredException extends BellhopException {
    private static final long serialVersionUID = 1L;

    NotMirroredException(String table) {
        super(
                "not-mirrored",
                "The table " + table + " is not mirrored, so nothing can be found in it. Take it into"
                        + " bellhop.mirror.tables.",
                null);
    }
}
