package io.github.bellhop.sync.mirror;

import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The entities that a transaction must lock.
 *
 * @param written the entities that the messages write or read
 * @param deleted the entities that the messages delete
 * @hidden
 */
public record TouchedEntities(Set<EntityKey> written, Set<EntityKey> deleted) {
    /** Returns the entities that these messages touch. */
    public static TouchedEntities by(Collection<Projection> projections) {
        TouchedEntities touched = new TouchedEntities(new HashSet<>(), new HashSet<>());
        for (Projection projection : projections) {
            projection.rows().forEach(touched::add);
            projection.subjects().forEach(touched.written::add);
            if (projection.mentioned() != null) {
                touched.written.add(ClerkTables.USERS.key(projection.mentioned()));
            }
            if (projection.deletion() != null) {
                touched.deleted.add(projection.deletion().key());
            }
        }
        return touched;
    }

    /** Adds the row's entity, and the entities whose deletion affects it or its lists. */
    private void add(EntityRow row) {
        written.add(row.key());
        written.addAll(row.parents());
        for (ChildSet set : row.childSets()) {
            String entity = set.table().elementEntity();
            if (entity != null) {
                set.rows().forEach(element -> written.add(new EntityKey(entity, String.valueOf(element[0]))));
            }
        }
    }
}
