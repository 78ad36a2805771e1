package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Queries for unfinished cascades. Their rows count as deleted, although some of them are not marked yet. */
final class OpenCascades {
    private static final String OF_PARENTS =
            "select entity, entity_id, min(deleted_at) from bellhop_cascades where entity_id in (%s)"
                    + " group by entity, entity_id";

    private OpenCascades() {}

    /** Returns which of these entities have an unfinished cascade, with their times of deletion in milliseconds. */
    static Map<EntityKey, Long> deletedAt(Connection connection, Collection<String> entityIds) throws SQLException {
        Map<EntityKey, Long> found = new HashMap<>();
        Sql.eachIn(
                connection,
                OF_PARENTS,
                entityIds,
                row -> found.put(new EntityKey(row.getString(1), row.getString(2)), row.getLong(3)));
        return found;
    }

    /**
     * Returns an additional condition for a query: no parent of the row has an unfinished cascade. The condition is not
     * an anti-join: for an anti-join, PostgreSQL would estimate so few rows that it would not read the page by its
     * index.
     */
    static String live(String alias, MirrorTable table) {
        return table.parents().entrySet().stream()
                .map(parent -> " and not coalesce((select true from bellhop_cascades c where c.entity_id = %s.%s"
                                .formatted(alias, parent.getKey())
                        + " and c.entity = '" + parent.getValue().entity() + "' limit 1), false)")
                .collect(Collectors.joining());
    }
}
