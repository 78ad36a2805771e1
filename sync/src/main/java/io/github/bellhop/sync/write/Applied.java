package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.lane.Arrival;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message in the mirror.
 *
 * @param state        where it stands now
 * @param reason       why, where the state alone does not say it
 * @param clearPayload whether its payload is to be cleared in the same transaction, or as soon as nobody waits for it
 * @param stale        whether the mirror or an earlier message of the transaction is ahead of it
 * @param deleted      whether its entity was deleted before
 * @hidden
 */
public record Applied(
        MessageState state, @Nullable String reason, boolean clearPayload, boolean stale, boolean deleted) {
    /** Whether nothing was to be mirrored, so that the message stays what it was found to be. */
    public boolean isNothing() {
        return state == MessageState.KEPT && reason == null;
    }

    /** The message for those who are handed what the mirror has seen. */
    public Arrival arrival(InboxRow row) {
        return Arrival.of(row).found(reason == null, stale || deleted, deleted, clearPayload);
    }

    /** Those of the messages that are new, for those who are handed them. */
    static List<Arrival> arrivals(List<InboxRow> rows, Set<String> added, Map<String, Applied> applied) {
        return rows.stream()
                .filter(row -> added.contains(row.messageId()))
                .map(row -> {
                    Applied result = applied.get(row.messageId());
                    return result == null ? Arrival.of(row) : result.arrival(row);
                })
                .toList();
    }
}
