package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The timeouts of a PostgreSQL session, which also apply outside transactions. */
final class SessionLimits {
    private static final List<String> NAMES =
            List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout");

    private SessionLimits() {}

    /**
     * Runs the work without timeouts. Restores the timeouts afterwards, because the session may belong to the app's own
     * pool.
     */
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
