package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message with its payload and unfinished runs.
 *
 * @param message the row of the inbox, without the payload
 * @param payload the exact bytes that were signed; null if they have been cleared
 * @param runs    the message's handler runs that are not done
 */
@SuppressWarnings("ArrayRecordComponent") // read once and shown; never compared
public record KeptMessage(MessageRecord message, byte @Nullable [] payload, List<RunRecord> runs) {
    /** Shows only the id. */
    @Override
    public String toString() {
        return "KeptMessage[" + message.messageId() + "]";
    }
}
