package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the tables are not up to date and could not be migrated. Migrations contain no data, so the cause may be
 * shown.
 */
public final class SchemaException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private final boolean rightMissing;

    /** Creates an exception that reports missing or invalid indexes. */
    SchemaException(List<String> missingIndexes) {
        super(
                "schema-failed",
                "Bellhop's tables lack the indexes " + String.join(", ", missingIndexes)
                        + ", or their build has not finished. Run bellhop schema migrate to build them.",
                null);
        rightMissing = false;
    }

    /**
     * Creates an exception that reports a failed migration.
     *
     * @param rightMissing whether the database user lacks a permission
     */
    SchemaException(@Nullable Throwable cause, boolean rightMissing) {
        super(
                "schema-failed",
                "Bellhop's tables could not be created or migrated."
                        + (rightMissing
                                ? " Grant the database user USAGE and CREATE on the schema. If another user migrates the tables, grant"
                                        + " USAGE on the schema and the rights to read and write its tables."
                                : "")
                        + (cause == null ? "" : " Cause: " + cause.getMessage()),
                cause);
        this.rightMissing = rightMissing;
    }

    private SchemaException(String message) {
        super("schema-failed", message, null);
        rightMissing = false;
    }

    /** Creates an exception that reports an interrupted wait for another program's migration. */
    static SchemaException interrupted() {
        return new SchemaException(
                "Bellhop's tables were not migrated: the wait for another program's migration was interrupted."
                        + " Run the migration again.");
    }

    /** Returns whether the database user lacks a permission. */
    public boolean isRightMissing() {
        return rightMissing;
    }
}
