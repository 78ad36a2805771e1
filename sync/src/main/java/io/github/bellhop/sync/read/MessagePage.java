package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessageRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search among messages found.
 *
 * @param messages   newest first
 * @param searchedTo the search ended here, before all messages were looked at: none that came earlier was; null when the
 *     page is full or there are no more
 */
public record MessagePage(
        List<MessageRecord> messages, @Nullable Instant searchedTo) {
    /** Copies the list. */
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
