package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A statement or a connection failed. The database's own message is left out of this one, since it may quote rows;
 * {@link #brief()} is what may be stored and shown.
 */
public final class StoreException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private static final String OTHER_TABLES =
            "has no tables of Bellhop, or those of another version. Start bellhop serve"
                    + " of this version on it, or run bellhop schema migrate, which makes them";

    /** What may help. */
    public enum Kind {
        /** The database cannot be reached or cannot write: come again later. */
        UNAVAILABLE,
        /** Another transaction was in the way: the same transaction may go through at once. */
        CONFLICT,
        /** The statement itself failed: it would fail again. */
        FAILED
    }

    private final Kind kind;
    private final String brief;
    private final boolean otherTables;

    StoreException(Kind kind, SQLException cause, String state) {
        this(kind, cause, state, false);
    }

    /**
     * A fault.
     *
     * @param otherTables whether a table or a column was not there
     */
    StoreException(Kind kind, SQLException cause, String state, boolean otherTables) {
        super(
                "store-" + kind.name().toLowerCase(java.util.Locale.ROOT),
                "The database " + (otherTables ? OTHER_TABLES : words(kind, state)) + " ("
                        + cause.getClass().getSimpleName() + " " + state + ").",
                null);
        this.kind = kind;
        this.brief = cause.getClass().getSimpleName() + " " + state;
        this.otherTables = otherTables;
        setStackTrace(cause.getStackTrace());
    }

    private static String words(Kind kind, String state) {
        if (state.startsWith("28")) {
            return "refused the user; check BELLHOP_DATABASE_USER and BELLHOP_DATABASE_PASSWORD";
        }
        if (state.startsWith("3D")) {
            return "server has no database of that name; make it, or check BELLHOP_DATABASE_URL";
        }
        if (state.equals("42501")) {
            return "refused its user a right; grant it, or set another BELLHOP_DATABASE_USER";
        }
        if (state.startsWith("SQLITE_READONLY")) {
            return "file or its folder is read-only for this process; give it the right to write both";
        }
        if (state.startsWith("SQLITE_BUSY") || state.startsWith("SQLITE_LOCKED")) {
            return "file was held by another process that has been writing for longer than "
                    + Databases.SQLITE_BUSY.toSeconds() + " s; run the command again";
        }
        if (state.startsWith("SQLITE_NOTADB")) {
            return "file is none of SQLite; check BELLHOP_DATABASE_URL";
        }
        return switch (kind) {
            case UNAVAILABLE -> "is not available; check that it runs, is reachable and has room";
            case CONFLICT -> "had transactions in each other's way; the same may go through when it is tried again";
            case FAILED -> "refused a statement";
        };
    }

    /** Whether a table or a column was not there: nothing was migrated yet, or another version did it. */
    public boolean isOfOtherTables() {
        return otherTables;
    }

    /** What may help. */
    public Kind kind() {
        return kind;
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
