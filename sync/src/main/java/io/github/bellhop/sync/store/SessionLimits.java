package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The limits of a session's statements on PostgreSQL, which hold outside of transactions too. */
final class SessionLimits {
    private static final List<String> NAMES =
            List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout");

    private SessionLimits() {}

    /** Does the work without limits, and sets them again: the session may be of an app's own pool. */
    static <T> T without(Connection connection, Database.Work<T> work) throws SQLException {
        List<String> limits = Sql.of("select current_setting(name) from unnest(?::text[]) as name", (Object)
                        NAMES.toArray(String[]::new))
                .texts(connection);
        set(connection, List.of("0", "0", "0"));
        try {
            return work.on(connection);
        } finally {
            if (!connection.isClosed()) {
                set(connection, limits);
            }
        }
    }

    private static void set(Connection connection, List<String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Sql.of("select set_config(?, ?, false)", NAMES.get(i), values.get(i))
                    .run(connection);
        }
    }
}
