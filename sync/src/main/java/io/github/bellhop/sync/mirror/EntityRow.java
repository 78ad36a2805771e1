package io.github.bellhop.sync.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row to write.
 *
 * @param table     its table
 * @param id        the entity's id
 * @param version   the version of the row's state
 * @param values    one value for each declared column
 * @param present   the columns to write, one bit for each column; the others keep their values
 * @param childSets the entity's lists, except those whose keys were absent
 * @param parents   the entities whose deletion also deletes this one
 * @param existing  whether the row is only updated and never inserted, because only the family of the event is known
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent") // created once and read only by the writer; rows are never compared
public record EntityRow(
        MirrorTable table,
        String id,
        Version version,
        @Nullable Object[] values,
        long present,
        List<ChildSet> childSets,
        List<EntityKey> parents,
        boolean existing) {
    /** Returns the entity's key. */
    public EntityKey key() {
        return table.key(id);
    }

    /** Returns a copy without the data of a user who is only mentioned in the row. */
    public EntityRow withoutMention() {
        @Nullable Object[] kept = values.clone();
        for (int i = 0; i < kept.length; i++) {
            if (table.containsMentionedUser(table.columns().get(i))) {
                kept[i] = null;
            }
        }
        return new EntityRow(table, id, version, kept, present, childSets, parents, existing);
    }

    /** Returns the entity's list for this table; null if the entity's JSON did not contain its key. */
    public @Nullable ChildSet list(ChildTable table) {
        for (ChildSet set : childSets) {
            if (set.table().name().equals(table.name())) {
                return set;
            }
        }
        return null;
    }

    /**
     * A list of the entity.
     *
     * @param table its table
     * @param rows  for each element, its id followed by one value for each declared column; ids are unique
     */
    public record ChildSet(ChildTable table, List<@Nullable Object[]> rows) {}
}
