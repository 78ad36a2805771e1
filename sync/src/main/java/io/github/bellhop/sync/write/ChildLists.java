package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import io.github.bellhop.sync.store.Dialect.ChildRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the lists of a batch's rows by child table. */
final class ChildLists {
    private ChildLists() {}

    /**
     * Returns, for each child table, the elements of all rows that contain the list. An absent list is not changed.
     *
     * @param rows    rows of one table
     * @param deleted entities that have a tombstone: their own lists are written as empty, and they are left out of
     *                other lists
     */
    static List<ChildRows> of(List<EntityRow> rows, Set<EntityKey> deleted) {
        List<ChildRows> lists = new ArrayList<>();
        for (ChildTable child : rows.get(0).table().children()) {
            Set<String> parents = new HashSet<>(2 * rows.size());
            List<@Nullable Object[]> elements = new ArrayList<>();
            for (EntityRow row : rows) {
                ChildSet list = row.list(child);
                if (list != null) {
                    parents.add(row.id());
                    if (!deleted.contains(row.key())) {
                        addElements(row.id(), list, deleted, elements);
                    }
                }
            }
            if (!parents.isEmpty()) {
                lists.add(new ChildRows(child, parents, elements));
            }
        }
        return lists;
    }

    private static void addElements(
            String parentId, ChildSet list, Set<EntityKey> deleted, List<@Nullable Object[]> elements) {
        for (@Nullable Object[] element : list.rows()) {
            if (!isDeleted(list.table(), element, deleted)) {
                elements.add(withParent(parentId, element));
            }
        }
    }

    private static boolean isDeleted(ChildTable table, @Nullable Object[] element, Set<EntityKey> deleted) {
        return table.elementEntity() != null
                && deleted.contains(new EntityKey(table.elementEntity(), String.valueOf(element[0])));
    }

    private static @Nullable Object[] withParent(String parentId, @Nullable Object[] element) {
        @Nullable Object[] row = new Object[element.length + 1];
        row[0] = parentId;
        System.arraycopy(element, 0, row, 1, element.length);
        return row;
    }
}
