package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.MirrorTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Removes rows of the mirror, with one statement that is the same everywhere.
 *
 * @hidden
 */
public final class RemovalSql {
    private RemovalSql() {}

    /**
     * Removes the rows whose column has one of the ids. The caller holds the locks of their entities.
     *
     * @return how many there were
     */
    public static int remove(Connection connection, MirrorTable table, String column, Collection<String> ids)
            throws SQLException {
        return delete(connection, table.name(), column, ids);
    }

    /** Removes the rows of a list whose parent has one of the ids; tells how many there were. */
    public static int removeLists(Connection connection, ChildTable table, Collection<String> parentIds)
            throws SQLException {
        return delete(connection, table.name(), table.parentColumn(), parentIds);
    }

    private static int delete(Connection connection, String table, String column, Collection<String> ids)
            throws SQLException {
        return Ids.update(connection, "delete from " + table + " where " + column + " in (%s)", new TreeSet<>(ids));
    }
}
