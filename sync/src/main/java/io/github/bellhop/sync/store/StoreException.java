package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import io.github.bellhop.SettingNames;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement or a connection failed. The database's own message is left out of this one, since it may quote rows;
 * {@link #brief()} is what may be stored and shown.
 */
public final class StoreException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** What may help. */
    public enum Kind {
        /** The database cannot be reached or cannot write: come again later. */
        UNAVAILABLE,
        /** Another transaction was in the way: the same transaction may go through at once. */
        CONFLICT,
        /** The statement itself failed: it would fail again. */
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

    /** Whether a table or a column was not there: nothing was migrated yet, or another version did it. */
    public boolean isOfOtherTables() {
        return fault == StoreFault.OTHER_TABLES;
    }

    /** Whether a statement waited for another transaction's lock until its time was up. */
    public boolean isLockWait() {
        return fault == StoreFault.LOCKED;
    }

    /** Whether a statement was cancelled because it took too long. */
    public boolean isTooSlow() {
        return fault == StoreFault.TOO_SLOW;
    }

    /** Whether the connection takes no writes. Another connection may. */
    boolean isReadOnly() {
        return fault == StoreFault.READ_ONLY;
    }

    /** Whether the tables could not be changed because the user lacks a right. */
    boolean isMissingRight() {
        return fault == StoreFault.NO_RIGHT;
    }

    /** What may help. */
    public Kind kind() {
        return fault.kind();
    }

    /** What happened, without any data and without advice. */
    public String problem() {
        return "The database " + fault.what() + " (" + brief + ").";
    }

    /** What to do about it: a sentence. */
    public String advice() {
        String words = SettingNames.in(fault.advice());
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    /** The fault's class and state, without any data. */
    public String brief() {
        return brief;
    }

    /** A short name of any fault, without any data: the class, and the state where it has one. */
    public static String brief(@Nullable Throwable fault) {
        return fault instanceof StoreException store
                ? store.brief()
                : fault == null ? "unknown" : fault.getClass().getSimpleName();
    }
}
