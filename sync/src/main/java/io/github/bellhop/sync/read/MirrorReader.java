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
 * Queries the mirror, either on a new connection for each query or always on a given connection.
 *
 * @param database   the database
 * @param tables     the mirrored tables; queries of other tables fail
 * @param connection the given connection; null to use a new connection for each query
 */
record MirrorReader(
        Database database, TableChoice tables, @Nullable Connection connection) {
    /** The maximum number of rows that a query without paging returns. */
    static final int MAX_ROWS = 100;

    /** The maximum number of rows in a page. */
    static final int MAX_PAGE_ROWS = 500;

    /** Converts a row to an object. */
    @FunctionalInterface
    interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    MirrorReader on(Connection given) {
        return new MirrorReader(database, tables, given);
    }

    /** Runs a statement with string parameters and returns the converted rows. */
    <T> List<T> rows(String sql, Mapping<T> mapping, String... parameters) {
        // The mirror stores strings in this form, and PostgreSQL accepts no other.
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

    /** Throws a {@link NotMirroredException} if the table is not mirrored. */
    void require(String table) {
        if (!tables.includes(table)) {
            throw new NotMirroredException(table);
        }
    }

    static String limit(int limit) {
        if (limit < 1 || limit > MAX_PAGE_ROWS) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE_ROWS + ", not " + limit);
        }
        return " limit " + limit;
    }
}
