package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.MessageRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of search results.
 *
 * @param messages   the messages found, newest first
 * @param searchedTo the time at which the search stopped before the end; messages received earlier were not searched.
 *                   Null if the page is full or the search reached the end
 */
public record MessagePage(
        List<MessageRecord> messages, @Nullable Instant searchedTo) {
    /** Copies the list. */
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
