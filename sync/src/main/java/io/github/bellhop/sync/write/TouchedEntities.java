package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.store.ErasureSql;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a transaction must lock.
 *
 * @param written the entities that some messages write or need to know about
 * @param deleted those that they delete
 */
record TouchedEntities(Set<EntityKey> written, Set<EntityKey> deleted) {
    static TouchedEntities by(Collection<Projection> projections) {
        TouchedEntities touched = new TouchedEntities(new HashSet<>(), new HashSet<>());
        for (Projection projection : projections) {
            projection.rows().forEach(touched::add);
            subjects(projection).forEach(touched.written::add);
            if (projection.persons().mentioned() != null) {
                touched.written.add(ErasureSql.user(projection.persons().mentioned()));
            }
            if (projection.deletion() != null) {
                touched.deleted.add(projection.deletion().key());
            }
        }
        return touched;
    }

    /** The entity itself, and those whose deletion says something about it or its lists. */
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

    /** The person and the entity that a message is about. */
    static Stream<EntityKey> subjects(Projection projection) {
        String person = projection.persons().subject();
        return Stream.of(
                        person == null ? null : ErasureSql.user(person),
                        projection.deletion() == null
                                ? null
                                : projection.deletion().key(),
                        projection.rows().isEmpty()
                                ? null
                                : projection.rows().get(0).key())
                .filter(Objects::nonNull);
    }
}
