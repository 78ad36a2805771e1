package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Ids as the parameters and as the answers of statements that every database takes. */
final class Ids {
    private Ids() {}

    /** The ids in the first column. */
    static List<String> all(Connection connection, String sql, Object... parameters) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
        }
        return ids;
    }

    /** Runs a statement that ends in {@code in (%s)}, or has it once somewhere, on some ids; does nothing on none. */
    static int update(Connection connection, String sql, Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.formatted(marks(ids.size())))) {
            int place = 1;
            for (String id : ids) {
                statement.setString(place++, id);
            }
            return statement.executeUpdate();
        }
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
