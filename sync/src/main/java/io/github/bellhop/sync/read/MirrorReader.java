package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.StorableText;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the mirror, each time on a connection of its own, or always on a given one.
 *
 * @param database   what is asked
 * @param tables     those that are mirrored: of the others nothing can be told
 * @param connection the given one; null for one of its own
 */
record MirrorReader(
        Database database, TableChoice tables, @Nullable Connection connection) {
    /** The most rows of what is not asked for in pages. */
    static final int MOST = 100;

    /** The longest page. */
    static final int LONGEST_PAGE = 500;

    /** How a row becomes a record. */
    @FunctionalInterface
    interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    MirrorReader on(Connection given) {
        return new MirrorReader(database, tables, given);
    }

    /** The rows of a statement whose parameters are texts. */
    <T> List<T> rows(String sql, Mapping<T> mapping, String... parameters) {
        Database.Work<List<T>> work = open -> rows(open, sql, mapping, parameters);
        if (connection == null) {
            return database.read(work);
        }
        try {
            return work.on(connection);
        } catch (SQLException fault) {
            throw database.dialect().classify(fault);
        }
    }

    private static <T> List<T> rows(Connection open, String sql, Mapping<T> mapping, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                // The mirror holds texts in this form, and PostgreSQL takes no other.
                statement.setString(i + 1, StorableText.of(parameters[i]));
            }
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(mapping.of(row));
                }
            }
            return List.copyOf(found);
        }
    }

    /** Refuses to tell of a table in which there is nothing by the user's own choice. */
    void require(String table) {
        if (!tables.includes(table)) {
            throw new NotMirroredException(table);
        }
    }

    static String limit(int limit) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " rows, not " + limit);
        }
        return " limit " + limit;
    }
}
