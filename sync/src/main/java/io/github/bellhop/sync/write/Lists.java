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

/** The lists of a batch's rows, brought together by their tables. */
final class Lists {
    private Lists() {}

    /**
     * Per child table the rows of all that came with such a list; a list that was absent is not touched.
     *
     * @param rows    rows of one table
     * @param deleted entities that have a tombstone: their lists are empty, and they stand in no list
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
