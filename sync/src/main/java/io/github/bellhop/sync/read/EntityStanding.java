package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.StoredStanding;
import java.util.List;

/**
 * What a database knows of an entity.
 *
 * @param row      its row in the mirror
 * @param deleted  whether it has a tombstone
 * @param erased   whether it was erased
 * @param messages the newest hundred messages about it, newest first
 */
public record EntityStanding(Row row, boolean deleted, boolean erased, List<StoredStanding> messages) {
    /** What the mirror has. */
    public enum Row {
        /** Nothing. */
        NONE,
        /** A copy that came inside another entity. */
        NESTED,
        /** A row that is marked as deleted. */
        DELETED,
        /** The entity itself. */
        WHOLE
    }

    /** Copies. */
    public EntityStanding {
        messages = List.copyOf(messages);
    }
}
