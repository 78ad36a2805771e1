package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import java.util.List;

/**
 * What a database knows of an entity.
 *
 * @param row      its row in the mirror
 * @param deleted  whether it has a tombstone
 * @param erased   whether it was erased
 * @param messages the newest hundred messages about it, newest first
 * @param runs     the runs of handlers of these messages that are not done
 * @hidden
 */
public record EntityStanding(
        Row row, boolean deleted, boolean erased, List<MessageRecord> messages, List<RunRecord> runs) {
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
        runs = List.copyOf(runs);
    }
}
