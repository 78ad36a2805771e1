package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.EntityKey;

/**
 * One thing that another transaction can hold, so that a message that needs it must wait.
 *
 * @param kind what it is
 * @param key  which one; of a table, the id is empty
 * @hidden
 */
public record Hold(Kind kind, EntityKey key) {
    /** What can be held. */
    public enum Kind {
        /** A table that takes no writes. */
        TABLE,
        /** An entity whose own row, or a row that goes with it, is locked. */
        ROW,
        /** An entity that somebody deletes, or keeps from being deleted. */
        ENTITY
    }

    /** A table. */
    public static Hold table(String name) {
        return new Hold(Kind.TABLE, new EntityKey(name, ""));
    }
}
