package io.github.bellhop.sync.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table for a list inside an entity. The list is a full snapshot and is replaced whenever its parent's row is
 * written. The primary key consists of the parent's id and the element's id.
 *
 * @param name          the table's name
 * @param parentColumn  the column with the parent's id
 * @param idColumn      the column with the element's id
 * @param listKey       the key of the list in the parent's JSON
 * @param id            the place of an element's id; an element without an id is identified by its index in the list
 * @param elementEntity the kind of entity of the elements, if deleting such an entity removes it from every list;
 *                      otherwise null
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

    /** Returns the path of an element's id, as shown in the documentation. */
    public String idPath() {
        return id.path();
    }
}
