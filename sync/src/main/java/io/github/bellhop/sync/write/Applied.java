package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.lane.Arrival;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message in the mirror.
 *
 * @param state        where it stands now
 * @param reason       why, where the state alone does not say it
 * @param verdict      what handlers are to know of it
 * @param clearPayload whether its payload is to be cleared in the same transaction, or as soon as nobody waits for it
 * @hidden
 */
public record Applied(MessageState state, @Nullable String reason, Arrival.Verdict verdict, boolean clearPayload) {
    /** Why a message about a person who was erased is kept and no more. */
    static final String ERASED = "erased";

    /** Why a message changed nothing that would have changed a row: the row is missing. The retention looks for it. */
    static final String NO_ROW = "no-row";

    /** Whether nothing was to be mirrored, so that the message stays what it was found to be. */
    public boolean isNothing() {
        return state == MessageState.KEPT && reason == null;
    }

    /** The message for those who are handed what the mirror has seen. */
    public Arrival arrival(InboxRow row, String lane) {
        return Arrival.of(row, lane).found(verdict, clearPayload);
    }

    /** Those of the messages that have lanes, for those who are handed them. */
    static List<Arrival> arrivals(List<InboxRow> rows, Map<String, String> lanes, Map<String, Applied> applied) {
        return rows.stream()
                .filter(row -> lanes.containsKey(row.messageId()))
                .map(row -> {
                    Applied result = applied.get(row.messageId());
                    String lane = Objects.requireNonNull(lanes.get(row.messageId()));
                    return result == null ? Arrival.of(row, lane) : result.arrival(row, lane);
                })
                .toList();
    }
}
