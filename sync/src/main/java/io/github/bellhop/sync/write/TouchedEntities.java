package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Touched;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
                touched.written.add(ClerkTables.USERS.key(projection.persons().mentioned()));
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

    /** The same with the rows that are written, for whoever asks what of it is locked. */
    Touched touched(Collection<Projection> projections) {
        Map<MirrorTable, Set<String>> rows = new HashMap<>();
        List<Deletion> deletions = new ArrayList<>();
        boolean audit = false;
        for (Projection projection : projections) {
            projection
                    .rows()
                    .forEach(row -> rows.computeIfAbsent(row.table(), table -> new HashSet<>())
                            .add(row.id()));
            if (projection.deletion() != null) {
                deletions.add(projection.deletion());
            }
            audit |= projection.audit() != null;
        }
        return new Touched(rows, deletions, audit, written, deleted);
    }

    /** The person and the entity that a message is about. */
    static Stream<EntityKey> subjects(Projection projection) {
        String person = projection.persons().subject();
        return Stream.of(
                        person == null ? null : ClerkTables.USERS.key(person),
                        projection.deletion() == null
                                ? null
                                : projection.deletion().key(),
                        projection.rows().isEmpty()
                                ? null
                                : projection.rows().get(0).key())
                .filter(Objects::nonNull);
    }
}
