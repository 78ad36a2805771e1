package io.github.bellhop.sync.mirror;

import java.util.List;
import java.util.Map;

/**
 * One entity's table, declared. Besides the declared columns each has {@code id}, {@code deleted_at},
 * {@code synced_at} and {@code bellhop_version}.
 *
 * @param name        the table's name
 * @param entity      the entity's name as Clerk's {@code object} key has it
 * @param family      the events that carry it: what stands before the dot in their types
 * @param columns     the columns besides the four that all have; at most 64
 * @param children    the lists inside the entity that are tables of their own
 * @param parents     columns that name an entity whose deletion deletes this one too
 * @param nested      keys under which a copy of another entity stands inside this one
 * @param statusRanks the order of the values of {@code status}, where one of them is final; else empty
 */
public record MirrorTable(
        String name,
        String entity,
        String family,
        List<Column> columns,
        List<ChildTable> children,
        Map<String, MirrorTable> parents,
        Map<String, MirrorTable> nested,
        Map<String, Integer> statusRanks) {
    /** The most columns one table may declare: the keys that came are noted in 64 bits. */
    static final int MAX_COLUMNS = 64;

    /** Copies, and refuses what no row could hold. */
    public MirrorTable {
        columns = List.copyOf(columns);
        children = List.copyOf(children);
        parents = Map.copyOf(parents);
        nested = Map.copyOf(nested);
        statusRanks = Map.copyOf(statusRanks);
        if (columns.size() > MAX_COLUMNS) {
            throw new IllegalArgumentException(name + " declares more than " + MAX_COLUMNS + " columns");
        }
        for (String parent : parents.keySet()) {
            if (columns.stream().noneMatch(column -> column.name().equals(parent))) {
                throw new IllegalArgumentException(name + " names a parent by a column it lacks: " + parent);
            }
        }
    }

    /** The place of a column in {@link #columns()}. */
    public int indexOf(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + columnName);
    }
}
