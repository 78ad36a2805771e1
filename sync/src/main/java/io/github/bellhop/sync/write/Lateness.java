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
 * What a transaction's messages find before them, each in its turn: a whole batch is written at once, deletions first,
 * but whoever is told of it is told one after the other.
 */
final class Lateness {
    private final Set<EntityKey> deleted;
    private final Map<EntityKey, Version> highest = new HashMap<>();

    /** Begins with what was deleted before the transaction. */
    Lateness(Collection<EntityKey> deleted) {
        this.deleted = new HashSet<>(deleted);
    }

    /** Whether the message's entity was deleted before, by a message that came earlier. */
    boolean isDeleted(Projection projection) {
        return !projection.rows().isEmpty()
                && deleted.contains(projection.rows().get(0).key());
    }

    /** Whether a message of this transaction that came earlier holds a higher version. */
    boolean isOvertaken(Projection projection) {
        if (projection.rows().isEmpty()) {
            return false;
        }
        EntityRow row = projection.rows().get(0);
        Version before = highest.get(row.key());
        return before != null && before.compareTo(row.version()) > 0;
    }

    /** The next message comes after this one. */
    void pass(Projection projection) {
        if (projection.deletion() != null) {
            deleted.add(projection.deletion().key());
        }
        if (!projection.rows().isEmpty()) {
            EntityRow row = projection.rows().get(0);
            highest.merge(row.key(), row.version(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }
}
