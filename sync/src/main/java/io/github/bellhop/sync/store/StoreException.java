package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import io.github.bellhop.SettingNames;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a statement or a connection failed. The message does not include the database's own message, because that
 * may quote rows. The result of {@link #brief()} is safe to store and show.
 */
public final class StoreException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** The kind of fault, which determines whether a retry helps. */
    public enum Kind {
        /** The database cannot be reached or cannot write. Retry later. */
        UNAVAILABLE,
        /** The transaction conflicted with another transaction. Retry it immediately. */
        CONFLICT,
        /** The statement itself failed. A retry would fail too. */
        FAILED
    }

    private final StoreFault fault;
    private final String brief;

    StoreException(StoreFault fault, SQLException cause, String state) {
        super(
                "store-" + fault.kind().name().toLowerCase(Locale.ROOT),
                "The database " + fault.what() + "; " + fault.advice() + " ("
                        + cause.getClass().getSimpleName() + " " + state + ").",
                null);
        this.fault = fault;
        this.brief = cause.getClass().getSimpleName() + " " + state;
        setStackTrace(cause.getStackTrace());
    }

    /**
     * Returns whether a table or a column is missing because the tables have not been migrated or belong to another
     * version.
     */
    public boolean isOfOtherTables() {
        return fault == StoreFault.SCHEMA_MISMATCH;
    }

    /** Returns whether a statement timed out while it waited for another transaction's lock. */
    public boolean isLockWait() {
        return fault == StoreFault.LOCKED;
    }

    /** Returns whether a statement was cancelled because it took too long. */
    public boolean isTooSlow() {
        return fault == StoreFault.TOO_SLOW;
    }

    /** Returns whether the connection is read-only. Another connection may still be writable. */
    boolean isReadOnly() {
        return fault == StoreFault.READ_ONLY;
    }

    /** Returns whether the database user lacks a permission. */
    boolean isMissingRight() {
        return fault == StoreFault.PERMISSION_DENIED;
    }

    /** Returns the kind of fault, which determines whether a retry helps. */
    public Kind kind() {
        return fault.kind();
    }

    /** Returns a sentence that says what happened, without any data and without advice. */
    public String problem() {
        return "The database " + fault.what() + " (" + brief + ").";
    }

    /** Returns a sentence that says what to do. */
    public String advice() {
        String sentence = SettingNames.in(fault.advice());
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
    }

    /** Returns the fault's class and SQLState or result code, without any data. */
    public String brief() {
        return brief;
    }

    /**
     * Returns a short description of any fault, without any data: its class, and for a {@code StoreException} the
     * SQLState or result code.
     */
    public static String brief(@Nullable Throwable fault) {
        return fault instanceof StoreException store
                ? store.brief()
                : fault == null ? "unknown" : fault.getClass().getSimpleName();
    }
}
