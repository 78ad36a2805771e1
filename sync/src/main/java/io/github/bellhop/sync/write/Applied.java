package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message in the mirror.
 *
 * @param state        where it stands now
 * @param reason       why, where the state alone does not say it
 * @param clearPayload whether its payload is to be cleared in the same transaction
 */
public record Applied(MessageState state, @Nullable String reason, boolean clearPayload) {
    /** Whether nothing was to be mirrored, so that the message stays what it was found to be. */
    public boolean isNothing() {
        return state == MessageState.KEPT && reason == null;
    }
}
