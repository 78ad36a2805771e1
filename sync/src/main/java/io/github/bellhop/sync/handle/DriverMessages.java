package io.github.bellhop.sync.handle;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteException;

/**
 * Extracts the safe part of a JDBC driver's message. Drivers quote rows, parameters and whole statements. Only the
 * error code and the part that names tables, columns and constraints are kept.
 */
final class DriverMessages {
    /** SQLState classes whose primary messages name only schema objects or the server. */
    private static final Set<String> NAMES_ONLY = Set.of("08", "23", "25", "28", "40", "42", "53", "55", "57");

    /** A syntax error quotes the statement, which may contain values. */
    private static final String SYNTAX_ERROR = "42601";

    private static final Pattern MISSING = Pattern.compile("no such (?:table|column|function|index): [\\w.]{1,120}");
    private static final Pattern CONSTRAINT =
            Pattern.compile("(?:UNIQUE|NOT NULL|FOREIGN KEY|PRIMARY KEY) constraint failed: [\\w., ]{1,200}");

    private DriverMessages() {}

    /** Returns the part of the message that contains no data, with the SQLState or the result code. */
    static String safe(SQLException fault) {
        SQLException inner = innermost(fault);
        String state = state(inner);
        String shown = shown(inner, state);
        String suffix = state == null ? "" : " (" + state + ")";
        return shown == null ? "the database's message is omitted because it may quote data" + suffix : shown + suffix;
    }

    /** Unwraps the exception of a batch, whose cause is the exception of the failed statement. */
    private static SQLException innermost(SQLException fault) {
        return fault instanceof BatchUpdateException && fault.getCause() instanceof SQLException cause ? cause : fault;
    }

    private static @Nullable String state(SQLException fault) {
        return fault instanceof SQLiteException sqlite ? sqlite.getResultCode().name() : fault.getSQLState();
    }

    private static @Nullable String shown(SQLException fault, @Nullable String state) {
        if (fault instanceof PSQLException postgres) {
            return serverMessage(postgres.getServerErrorMessage());
        }
        String message = fault.getMessage();
        if (message == null || !(fault instanceof SQLiteException)) {
            return null;
        }
        return state != null && state.startsWith("SQLITE_CONSTRAINT")
                ? firstMatch(CONSTRAINT, message)
                : firstMatch(MISSING, message);
    }

    private static @Nullable String serverMessage(@Nullable ServerErrorMessage server) {
        if (server == null
                || server.getSQLState() == null
                || server.getSQLState().length() < 2) {
            return null;
        }
        String state = server.getSQLState();
        return NAMES_ONLY.contains(state.substring(0, 2)) && !state.equals(SYNTAX_ERROR) ? server.getMessage() : null;
    }

    private static @Nullable String firstMatch(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group() : null;
    }
}
