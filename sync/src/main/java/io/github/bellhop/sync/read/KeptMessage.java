package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that is kept of it.
 *
 * @param message what the inbox says of it
 * @param payload the exact bytes that were signed; null when they were cleared
 * @param runs    the runs of handlers that are not done
 */
@SuppressWarnings("ArrayRecordComponent") // read once and shown; never compared
public record KeptMessage(MessageRecord message, byte @Nullable [] payload, List<RunRecord> runs) {
    /** Without the payload. */
    @Override
    public String toString() {
        return "KeptMessage[" + message.messageId() + "]";
    }
}
