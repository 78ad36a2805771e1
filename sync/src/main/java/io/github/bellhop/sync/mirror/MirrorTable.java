package io.github.bellhop.sync.mirror;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entity's table, declared. Besides the declared columns each has {@code id}, {@code deleted_at},
 * {@code synced_at} and {@code bellhop_version}.
 *
 * @param name        the table's name
 * @param entity      the entity's name as Clerk's {@code object} key has it
 * @param families    the events that carry it: what stands before the dot in their types; empty when it only comes
 *     nested in others
 * @param columns     the columns besides the four that all have; at most 64
 * @param children    the lists inside the entity that are tables of their own
 * @param parents     columns that name an entity whose deletion deletes this one too
 * @param nested      keys under which a copy of another entity, or a list of them, stands inside this one
 * @param statusRanks the order of the values of {@code status}, where some of them are final; else empty
 * @hidden
 */
public record MirrorTable(
        String name,
        String entity,
        Set<String> families,
        List<Column> columns,
        List<ChildTable> children,
        Map<String, MirrorTable> parents,
        Map<String, MirrorTable> nested,
        Map<String, Integer> statusRanks) {
    /** The most columns one table may declare: the keys that came are noted in 64 bits. */
    static final int MAX_COLUMNS = 64;

    /** Copies, and refuses what no row could hold. */
    public MirrorTable {
        families = Set.copyOf(families);
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

    /** Begins a declaration. */
    static Declaration of(String name, String entity) {
        return new Declaration(name, entity);
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

    /** A declaration on its way; what is not said is empty. */
    static final class Declaration {
        private final String name;
        private final String entity;
        private final Map<String, MirrorTable> parents = new LinkedHashMap<>();
        private final Map<String, MirrorTable> nested = new LinkedHashMap<>();
        private final Map<String, Integer> statusRanks = new LinkedHashMap<>();
        private final List<ChildTable> children = new ArrayList<>();
        private Set<String> families = Set.of();
        private boolean raw = true;

        private Declaration(String name, String entity) {
            this.name = name;
            this.entity = entity;
        }

        /** The events whose data is this entity. */
        Declaration from(String... eventFamilies) {
            families = Set.of(eventFamilies);
            return this;
        }

        /** The column that names an entity whose deletion deletes this one. */
        Declaration parent(String column, MirrorTable table) {
            parents.put(column, table);
            return this;
        }

        /** The key under which another entity, or a list of them, stands inside this one. */
        Declaration nested(String key, MirrorTable table) {
            nested.put(key, table);
            return this;
        }

        /** The lists that are tables of their own. */
        Declaration children(List<ChildTable> tables) {
            children.addAll(tables);
            return this;
        }

        /** States that no other follows. */
        Declaration finalStates(String... states) {
            for (String state : states) {
                statusRanks.put(state, 1);
            }
            return this;
        }

        /** The entity's own JSON may hold secrets, so that it is never stored. */
        Declaration neverRaw() {
            raw = false;
            return this;
        }

        /** Ends the declaration. */
        MirrorTable columns(ColumnsBuilder columns) {
            if (raw) {
                columns.raw();
            }
            return new MirrorTable(name, entity, families, columns.list(), children, parents, nested, statusRanks);
        }
    }
}
