package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Determines which messages of a batch are late. A batch is written as a whole, deletions first, but handlers get its
 * messages one after another. Therefore each message is compared only with the messages before it.
 */
final class LatenessCheck {
    private final Set<EntityKey> deleted;
    private final Map<EntityKey, Version> highest = new HashMap<>();

    /** Creates a check, given the entities that were deleted before the transaction. */
    LatenessCheck(Collection<EntityKey> deleted) {
        this.deleted = new HashSet<>(deleted);
    }

    /** Returns whether the message's entity was deleted before the transaction, or by an earlier message in it. */
    boolean isDeleted(Projection projection) {
        return !projection.rows().isEmpty()
                && deleted.contains(projection.rows().get(0).key());
    }

    /** Returns whether an earlier message in the transaction has a higher version. */
    boolean isSuperseded(Projection projection) {
        if (projection.rows().isEmpty()) {
            return false;
        }
        EntityRow row = projection.rows().get(0);
        Version previous = highest.get(row.key());
        return previous != null && previous.compareTo(row.version()) > 0;
    }

    /** Records a message for the comparison with later ones. */
    void record(Projection projection) {
        if (projection.deletion() != null) {
            deleted.add(projection.deletion().key());
        }
        if (!projection.rows().isEmpty()) {
            EntityRow row = projection.rows().get(0);
            highest.merge(row.key(), row.version(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }
}
