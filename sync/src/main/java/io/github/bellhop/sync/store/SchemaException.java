package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import org.jspecify.annotations.Nullable;

/** The tables could not be brought up to date. Migrations hold no data, so the cause may be shown. */
public final class SchemaException extends BellhopException {
    private static final long serialVersionUID = 1L;

    SchemaException(@Nullable Throwable cause) {
        super(
                "schema-failed",
                "Bellhop's tables could not be made or changed. The database user needs the right to create tables; "
                        + (cause == null ? "" : "the database says: " + cause.getMessage()),
                cause);
    }
}
