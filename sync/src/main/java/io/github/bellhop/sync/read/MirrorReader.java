package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.StorableText;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
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
        // The mirror holds texts in this form, and PostgreSQL takes no other.
        Sql statement = Sql.of(sql, Stream.of(parameters).map(StorableText::of).toList());
        Database.Work<List<T>> work = open -> List.copyOf(statement.list(open, mapping::of));
        if (connection == null) {
            return database.read(work);
        }
        try {
            return work.on(connection);
        } catch (SQLException fault) {
            throw database.dialect().classify(fault);
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
