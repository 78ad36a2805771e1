package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fetch has to know of an entity beforehand, the same in every dialect.
 *
 * @hidden
 */
public final class FetchSql {
    private static final String TOMBSTONE =
            "select entity_id from bellhop_tombstones where entity = ? and entity_id = ?";

    private FetchSql() {}

    /** Whether it was deleted. */
    public static boolean isDeleted(Connection connection, String entity, String id) throws SQLException {
        return !Ids.all(connection, TOMBSTONE, entity, id).isEmpty();
    }

    /** The version of its row; null when there is none. */
    public static @Nullable String version(Connection connection, String table, String id) throws SQLException {
        List<String> found = Ids.all(connection, "select bellhop_version from %s where id = ?".formatted(table), id);
        return found.isEmpty() ? null : found.get(0);
    }
}
