package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.EntityKey;
import java.util.Set;

/**
 * What other transactions hold, so that a message that needs it must wait.
 *
 * @param tables   tables that take no writes
 * @param rows     entities whose own row, or a row that goes with it, is locked
 * @param entities entities that somebody deletes, or keeps from being deleted
 * @hidden
 */
public record Locked(Set<String> tables, Set<EntityKey> rows, Set<EntityKey> entities) {
    /** Nothing is held. */
    public static final Locked NOTHING = new Locked(Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public Locked {
        tables = Set.copyOf(tables);
        rows = Set.copyOf(rows);
        entities = Set.copyOf(entities);
    }

    /** Whether nothing is held. */
    public boolean isNothing() {
        return tables.isEmpty() && rows.isEmpty() && entities.isEmpty();
    }
}
