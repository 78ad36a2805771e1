package io.github.bellhop.sync.mirror;

import java.util.List;

/**
 * A list inside an entity, as a table: a full snapshot each time, replaced together with its parent's row. Its primary
 * key is the parent's id and the element's.
 *
 * @param name         the table's name
 * @param parentColumn the column that holds the parent's id
 * @param listKey      the key of the list in the parent's JSON
 * @param id           where an element's id stands; an element without one gets its place in the list for an id
 * @param columns      the other columns
 */
public record ChildTable(String name, String parentColumn, String listKey, Source id, List<Column> columns) {
    /** Copies the list. */
    public ChildTable {
        columns = List.copyOf(columns);
    }
}
