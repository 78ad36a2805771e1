package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Dialect.Reached;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.write.CascadeSql.Cascade;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that the deletions of one transaction reach, once their tombstones are written. A bounded number is changed
 * at once; where a deletion reaches more, the rest is left to {@link Cascades} in the same transaction.
 */
final class Deletions {
    /** The most rows of one table that one deletion changes at once. */
    static final int AT_ONCE = 500;

    /** The most rows that all deletions of a transaction change at once. */
    private static final int AT_ONCE_TOGETHER = 2_000;

    private final Connection connection;
    private final Dialect dialect;
    private final Deletes deletes;

    Deletions(Connection connection, Dialect dialect, Deletes deletes) {
        this.connection = connection;
        this.dialect = dialect;
        this.deletes = deletes;
    }

    /** Rows that are deleted with an entity: of a table of the mirror, or of a list of elements. */
    private record Reach(Reached rows, Deletion deletion, boolean ofList) {}

    /** Changes the rows of these entities and of their children. The caller holds their locks. */
    void apply(Collection<Deletion> deletions) throws SQLException {
        List<Reach> atOnce = leaveMany(reaches(deletions));
        for (MirrorTable table : ClerkTables.ALL) {
            Map<String, Map<String, Long>> byColumn = new TreeMap<>();
            for (Deletion deletion : deletions) {
                if (deletion.table().name().equals(table.name())) {
                    add(byColumn, "id", deletion);
                }
            }
            for (Reach reach : atOnce) {
                if (!reach.ofList() && reach.rows().table().equals(table.name())) {
                    add(byColumn, reach.rows().column(), reach.deletion());
                }
            }
            if (!byColumn.isEmpty()) {
                delete(table, byColumn);
            }
        }
        for (MirrorTable table : ClerkTables.ALL) {
            for (ChildTable list : table.children()) {
                deleteElements(table, list, atOnce);
            }
        }
    }

    private static void add(Map<String, Map<String, Long>> byColumn, String column, Deletion deletion) {
        byColumn.computeIfAbsent(column, key -> new HashMap<>()).put(deletion.id(), deletion.deletedAt());
    }

    private void delete(MirrorTable table, Map<String, Map<String, Long>> byColumn) throws SQLException {
        if (!table.parents().isEmpty() || hasElements(table)) {
            // What has a parent may be deleted by its own id and by its parents', at once and elsewhere too.
            Map<String, Collection<String>> idsByColumn = new HashMap<>();
            byColumn.forEach((column, deletedAt) -> idsByColumn.put(column, deletedAt.keySet()));
            dialect.lockRows(connection, table, idsByColumn);
        }
        for (Map.Entry<String, Map<String, Long>> column : byColumn.entrySet()) {
            if (marks(table)) {
                dialect.markDeleted(connection, table, column.getKey(), column.getValue());
            } else {
                int unused = Sql.remove(
                        connection,
                        table.name(),
                        column.getKey(),
                        column.getValue().keySet());
            }
        }
        Map<String, Long> own = byColumn.get("id");
        if (own != null && !isLeftToEraser(table)) {
            for (ChildTable list : table.children()) {
                int unused = Sql.remove(connection, list.name(), list.parentColumn(), own.keySet());
            }
        }
    }

    private void deleteElements(MirrorTable owner, ChildTable list, List<Reach> atOnce) throws SQLException {
        List<String> ids = atOnce.stream()
                .filter(reach -> reach.ofList() && reach.rows().table().equals(list.name()))
                .map(reach -> reach.rows().id())
                .toList();
        if (!ids.isEmpty()) {
            // A writer has locked the owner of a list before it changes the list.
            List<String> owners = Sql.textsIn(
                    connection,
                    "select %s from %s where %s in (%%s)".formatted(list.parentColumn(), list.name(), list.idColumn()),
                    ids);
            dialect.lockRows(connection, owner, Map.of("id", owners));
            int unused = Sql.remove(connection, list.name(), list.idColumn(), ids);
        }
    }

    private static boolean hasElements(MirrorTable table) {
        return table.children().stream().anyMatch(list -> list.elementEntity() != null);
    }

    private boolean marks(MirrorTable table) {
        return deletes == Deletes.SOFT || isLeftToEraser(table);
    }

    /** The addresses by which an eraser finds the rest of a person's rows stand in the user's. */
    private boolean isLeftToEraser(MirrorTable table) {
        return deletes == Deletes.ERASE && table.isOfPeople();
    }

    private static Map<Reached, Reach> reaches(Collection<Deletion> deletions) {
        Map<Reached, Reach> reaches = new LinkedHashMap<>();
        for (Deletion deletion : deletions) {
            for (MirrorTable other : ClerkTables.ALL) {
                other.parents().forEach((column, parent) -> {
                    if (parent.name().equals(deletion.table().name())) {
                        Reached rows = new Reached(other.name(), column, deletion.id());
                        reaches.put(rows, new Reach(rows, deletion, false));
                    }
                });
                for (ChildTable list : other.children()) {
                    if (deletion.table().entity().equals(list.elementEntity())) {
                        Reached rows = new Reached(list.name(), list.idColumn(), deletion.id());
                        reaches.put(rows, new Reach(rows, deletion, true));
                    }
                }
            }
        }
        return reaches;
    }

    /** Leaves what reaches many rows to be done later, before any row is locked; gives the others. */
    private List<Reach> leaveMany(Map<Reached, Reach> reaches) throws SQLException {
        if (reaches.isEmpty()) {
            return List.of();
        }
        Map<Reached, Integer> counts = dialect.countReached(connection, reaches.keySet(), AT_ONCE + 1);
        List<Reach> atOnce = new ArrayList<>();
        List<Cascade> left = new ArrayList<>();
        int together = 0;
        for (Reach reach : reaches.values()) {
            int count = counts.getOrDefault(reach.rows(), 0);
            if (count > AT_ONCE || together + count > AT_ONCE_TOGETHER) {
                left.add(cascade(reach));
            } else if (count > 0) {
                together += count;
                atOnce.add(reach);
            }
        }
        if (!left.isEmpty()) {
            CascadeSql.open(connection, left);
        }
        return atOnce;
    }

    private Cascade cascade(Reach reach) {
        Deletion deletion = reach.deletion();
        boolean removes = reach.ofList() || deletes != Deletes.SOFT;
        return new Cascade(
                deletion.key(), reach.rows().table(), reach.rows().column(), deletion.deletedAt(), removes, "");
    }
}
