package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What messages need of the mirror.
 *
 * @param rows      per table the ids of the rows that are written
 * @param deletions what is deleted, with all that goes with it
 * @param audit     whether lines of the audit log are written
 * @param written   the entities that are written or asked about
 * @param deleted   the entities that are deleted
 * @hidden
 */
public record Touched(
        Map<MirrorTable, Set<String>> rows,
        Collection<Deletion> deletions,
        boolean audit,
        Set<EntityKey> written,
        Set<EntityKey> deleted) {}
