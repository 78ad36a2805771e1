package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Dialect.Reference;
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
 * Deletes the rows of deleted entities and of their children, after the tombstones are written. Changes only a limited
 * number of rows in the transaction; larger deletions are recorded for {@link Cascades} in the same transaction.
 */
final class Deletions {
    /** The maximum number of rows that one deletion changes in one table in the transaction. */
    static final int MAX_ROWS = 500;

    /** The maximum number of rows that all deletions change in the transaction. */
    private static final int MAX_TOTAL_ROWS = 2_000;

    private final Connection connection;
    private final Dialect dialect;
    private final Deletes deletes;

    Deletions(Connection connection, Dialect dialect, Deletes deletes) {
        this.connection = connection;
        this.dialect = dialect;
        this.deletes = deletes;
    }

    /** Rows, of entities or of lists, that are deleted together with an entity. */
    private record Dependents(Reference rows, Deletion deletion, boolean ofList) {}

    /** Deletes the rows of these entities and of their children. The caller must have locked the entities. */
    void apply(Collection<Deletion> deletions) throws SQLException {
        List<Dependents> immediate = deferLarge(dependents(deletions));
        for (MirrorTable table : ClerkTables.ALL) {
            Map<String, Map<String, Long>> byColumn = new TreeMap<>();
            for (Deletion deletion : deletions) {
                if (deletion.table().name().equals(table.name())) {
                    add(byColumn, "id", deletion);
                }
            }
            for (Dependents candidate : immediate) {
                if (!candidate.ofList() && candidate.rows().table().equals(table.name())) {
                    add(byColumn, candidate.rows().column(), candidate.deletion());
                }
            }
            if (!byColumn.isEmpty()) {
                delete(table, byColumn);
            }
        }
        for (MirrorTable table : ClerkTables.ALL) {
            for (ChildTable list : table.children()) {
                deleteElements(table, list, immediate);
            }
        }
    }

    private static void add(Map<String, Map<String, Long>> byColumn, String column, Deletion deletion) {
        byColumn.computeIfAbsent(column, key -> new HashMap<>()).put(deletion.id(), deletion.deletedAt());
    }

    private void delete(MirrorTable table, Map<String, Map<String, Long>> byColumn) throws SQLException {
        if (!table.parents().isEmpty() || hasElements(table)) {
            // Concurrent transactions may delete the same rows, one by their own ids and another by a parent's id.
            Map<String, Collection<String>> idsByColumn = new HashMap<>();
            byColumn.forEach((column, deletedAt) -> idsByColumn.put(column, deletedAt.keySet()));
            dialect.lockRows(connection, table, idsByColumn);
        }
        for (Map.Entry<String, Map<String, Long>> column : byColumn.entrySet()) {
            if (isSoft(table)) {
                dialect.markDeleted(connection, table, column.getKey(), column.getValue());
            } else {
                int unused = Sql.remove(
                        connection,
                        table.name(),
                        column.getKey(),
                        column.getValue().keySet());
            }
        }
        Map<String, Long> deletedById = byColumn.get("id");
        if (deletedById != null && !isLeftToEraser(table)) {
            for (ChildTable list : table.children()) {
                int unused = Sql.remove(connection, list.name(), list.parentColumn(), deletedById.keySet());
            }
        }
    }

    private void deleteElements(MirrorTable owner, ChildTable list, List<Dependents> immediate) throws SQLException {
        List<String> ids = immediate.stream()
                .filter(dependents ->
                        dependents.ofList() && dependents.rows().table().equals(list.name()))
                .map(dependents -> dependents.rows().id())
                .toList();
        if (!ids.isEmpty()) {
            // Writers lock the owner of a list before they change the list.
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

    private boolean isSoft(MirrorTable table) {
        return deletes == Deletes.SOFT || isLeftToEraser(table);
    }

    /** The eraser needs the addresses in the user's rows to find the person's other rows. */
    private boolean isLeftToEraser(MirrorTable table) {
        return deletes == Deletes.ERASE && table.isPersonTable();
    }

    private static Map<Reference, Dependents> dependents(Collection<Deletion> deletions) {
        Map<Reference, Dependents> dependents = new LinkedHashMap<>();
        for (Deletion deletion : deletions) {
            for (MirrorTable other : ClerkTables.ALL) {
                other.parents().forEach((column, parent) -> {
                    if (parent.name().equals(deletion.table().name())) {
                        Reference rows = new Reference(other.name(), column, deletion.id());
                        dependents.put(rows, new Dependents(rows, deletion, false));
                    }
                });
                for (ChildTable list : other.children()) {
                    if (deletion.table().entity().equals(list.elementEntity())) {
                        Reference rows = new Reference(list.name(), list.idColumn(), deletion.id());
                        dependents.put(rows, new Dependents(rows, deletion, true));
                    }
                }
            }
        }
        return dependents;
    }

    /** Before any row is locked, records the deletions of many rows for later. Returns the remaining deletions. */
    private List<Dependents> deferLarge(Map<Reference, Dependents> dependents) throws SQLException {
        if (dependents.isEmpty()) {
            return List.of();
        }
        Map<Reference, Integer> counts = dialect.countReferences(connection, dependents.keySet(), MAX_ROWS + 1);
        List<Dependents> immediate = new ArrayList<>();
        List<Cascade> deferred = new ArrayList<>();
        int total = 0;
        for (Dependents candidate : dependents.values()) {
            int count = counts.getOrDefault(candidate.rows(), 0);
            if (count > MAX_ROWS || total + count > MAX_TOTAL_ROWS) {
                deferred.add(cascade(candidate));
            } else if (count > 0) {
                total += count;
                immediate.add(candidate);
            }
        }
        if (!deferred.isEmpty()) {
            CascadeSql.open(connection, deferred);
        }
        return immediate;
    }

    private Cascade cascade(Dependents dependents) {
        Deletion deletion = dependents.deletion();
        boolean removes = dependents.ofList() || deletes != Deletes.SOFT;
        return new Cascade(
                deletion.key(),
                dependents.rows().table(),
                dependents.rows().column(),
                deletion.deletedAt(),
                removes,
                "");
    }
}
