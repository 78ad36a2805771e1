package io.github.bellhop.test;

import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Empties Bellhop's tables and no others. */
final class MirrorCleaner {
    private static final List<String> PREFIXES = List.of("clerk_", "bellhop_");

    /** The migration history, which is kept. */
    private static final String HISTORY = "bellhop_schema_history";

    /** Emptied first: running handlers lock this table, so the deletion waits for them. */
    private static final String RUNS = "bellhop_handler_runs";

    private static final int MAX_ATTEMPTS = 5;

    private MirrorCleaner() {}

    static void clear(Database database) {
        int unused = database.inTransaction(MAX_ATTEMPTS, connection -> {
            Set<String> tables = tables(connection);
            try (Statement statement = connection.createStatement()) {
                int rows = tables.remove(RUNS) ? statement.executeUpdate("delete from " + RUNS) : 0;
                for (String table : tables) {
                    rows += statement.executeUpdate("delete from " + table);
                }
                return rows;
            }
        });
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet found = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (PREFIXES.stream().anyMatch(name::startsWith) && !name.equals(HISTORY)) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }
}
