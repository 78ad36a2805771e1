package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.RunRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConnection;

/** Runs of handlers on SQLite, whose one writer at a time needs no lanes locked. */
final class SqliteRuns {
    private static final String APPEND = "insert into bellhop_handler_runs (" + RunSql.COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) on conflict do nothing";

    private SqliteRuns() {}

    static Set<RunRow.Key> append(Connection connection, List<RunRow> runs) throws SQLException {
        Set<RunRow.Key> added = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            for (RunRow run : runs) {
                statement.setString(1, run.messageId());
                statement.setString(2, run.handler());
                statement.setString(3, run.entityId());
                statement.setLong(4, run.receivedAt());
                statement.setBoolean(5, run.head());
                statement.setObject(6, run.nextAttemptAt());
                statement.setObject(7, run.stale() == null ? null : (Integer) (run.stale() ? 1 : 0));
                statement.setBoolean(8, run.staleToo());
                statement.setBoolean(9, run.replay());
                statement.setBoolean(10, run.clearPayload());
                if (statement.executeUpdate() == 1) {
                    added.add(run.key());
                }
            }
        }
        return added;
    }

    /** The driver's own abort does nothing. What runs is interrupted; closing rolls back and lets go of the file. */
    static void abort(Connection connection) throws SQLException {
        SQLiteConnection file = connection.unwrap(SQLiteConnection.class);
        file.getDatabase().interrupt();
        file.close();
    }
}
