package io.github.bellhop.sync.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list inside an entity, as a table: a full snapshot each time, replaced together with its parent's row. Its primary
 * key is the parent's id and the element's.
 *
 * @param name          the table's name
 * @param parentColumn  the column that holds the parent's id
 * @param idColumn      the column that holds the element's id
 * @param listKey       the key of the list in the parent's JSON
 * @param id            where an element's id stands; one without gets its place in the list for an id
 * @param elementEntity the kind of entity that the elements are, when their own deletion removes them from every list;
 *     else null
 * @param columns       the other columns
 * @hidden
 */
public record ChildTable(
        String name,
        String parentColumn,
        String idColumn,
        String listKey,
        Source id,
        @Nullable String elementEntity,
        List<Column> columns) {
    /** Copies the list. */
    public ChildTable {
        columns = List.copyOf(columns);
    }

    /** Where an element's id stands, as documentation shows it. */
    public String idPath() {
        return id.path();
    }
}
