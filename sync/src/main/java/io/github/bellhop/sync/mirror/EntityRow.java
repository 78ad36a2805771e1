package io.github.bellhop.sync.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row to write.
 *
 * @param table     its table
 * @param id        the entity's id
 * @param version   its place in the entity's order
 * @param values    one value per declared column
 * @param present   which columns are written at all, one bit per column; the others keep what they have
 * @param childSets the lists that came with it; a list whose key was absent is not among them
 * @param parents   the entities whose deletion deletes this one
 * @param existing  whether it only changes a row that is there: nothing is known of the event but its family
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read by the writer alone; rows are never compared
public record EntityRow(
        MirrorTable table,
        String id,
        Version version,
        @Nullable Object[] values,
        long present,
        List<ChildSet> childSets,
        List<EntityKey> parents,
        boolean existing) {
    /** The entity's key. */
    public EntityKey key() {
        return table.key(id);
    }

    /** The same without what it tells of another user than the one that it is about. */
    public EntityRow withoutMention() {
        @Nullable Object[] kept = values.clone();
        for (int i = 0; i < kept.length; i++) {
            if (table.tellsOfOthers(table.columns().get(i))) {
                kept[i] = null;
            }
        }
        return new EntityRow(table, id, version, kept, present, childSets, parents, existing);
    }

    /** The entity's list for this table; null when the entity's JSON had no such key. */
    public @Nullable ChildSet list(ChildTable table) {
        for (ChildSet set : childSets) {
            if (set.table().name().equals(table.name())) {
                return set;
            }
        }
        return null;
    }

    /**
     * One list of the entity.
     *
     * @param table its table
     * @param rows  per element, the id and then one value per declared column; no id twice
     */
    public record ChildSet(ChildTable table, List<@Nullable Object[]> rows) {}
}
