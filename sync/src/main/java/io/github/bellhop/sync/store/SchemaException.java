package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables could not be brought up to date. Migrations hold no data, so the cause may be shown. */
public final class SchemaException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private final boolean rightMissing;

    /** Indexes are not there, or their build was cut short. */
    SchemaException(List<String> missingIndexes) {
        super(
                "schema-failed",
                "Bellhop's tables lack the indexes " + String.join(", ", missingIndexes)
                        + ", which are still being built or were not. Run bellhop schema migrate, which builds them.",
                null);
        rightMissing = false;
    }

    /**
     * A migration failed.
     *
     * @param rightMissing whether the database user lacks a right
     */
    SchemaException(@Nullable Throwable cause, boolean rightMissing) {
        super(
                "schema-failed",
                "Bellhop's tables could not be made or changed."
                        + (rightMissing ? " The database user needs the right to create tables." : "")
                        + (cause == null ? "" : " The database says: " + cause.getMessage()),
                cause);
        this.rightMissing = rightMissing;
    }

    private SchemaException(String message) {
        super("schema-failed", message, null);
        rightMissing = false;
    }

    /** The wait for another program that changes the tables was interrupted. */
    static SchemaException interrupted() {
        return new SchemaException(
                "Bellhop's tables were not brought up to date: the wait for another program that changes"
                        + " them was interrupted. Start again.");
    }

    /** Whether the database user lacks a right. */
    public boolean isRightMissing() {
        return rightMissing;
    }
}
