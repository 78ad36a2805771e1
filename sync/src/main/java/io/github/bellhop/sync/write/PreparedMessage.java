package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.lane.LaneFinder;
import io.github.bellhop.sync.mirror.Projection;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that can be found out about it without a database.
 *
 * @param row        what goes into the inbox if all goes well
 * @param projection what it means for the mirror; null when nothing is to be mirrored
 * @param lane       the natural key of its entity; null when the message does not tell it
 * @param mirrorHeld whether its row of the mirror must not be read, since another transaction may hold the table
 * @hidden
 */
public record PreparedMessage(
        InboxRow row,
        @Nullable Projection projection,
        @Nullable String lane,
        boolean mirrorHeld) {
    PreparedMessage(InboxRow row, @Nullable Projection projection) {
        this(row, projection, projection == null ? null : projection.lane(), false);
    }

    /**
     * The same message, to be kept and left to the worker.
     *
     * @param now   when the worker may try it, in milliseconds
     * @param held  whether another transaction holds what it needs
     */
    PreparedMessage leftToWorker(long now, boolean held) {
        return new PreparedMessage(row.awaitingMend(now), null, lane, held);
    }

    /** What is known of its lane. */
    LaneFinder.Wanted wanted() {
        return new LaneFinder.Wanted(row.messageId(), row.type(), row.entityId(), lane, mirrorHeld);
    }
}
