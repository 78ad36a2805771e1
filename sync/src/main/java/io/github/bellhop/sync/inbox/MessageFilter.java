package io.github.bellhop.sync.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects messages in the inbox. An empty or null component matches every message.
 *
 * @param types    event types; {@code *} matches any characters
 * @param entityId the entity's id
 * @param states   the states
 * @param since    matches messages received at this time or later
 * @param until    matches messages received before this time
 */
public record MessageFilter(
        List<String> types,
        @Nullable String entityId,
        Set<ListedState> states,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** All messages. */
    public static final MessageFilter ALL = new MessageFilter(List.of(), null, Set.of(), null, null);

    /** Copies the collections. */
    public MessageFilter {
        types = List.copyOf(types);
        states = Set.copyOf(states);
    }

    /** Returns this filter, limited to messages received between these times. */
    public MessageFilter within(@Nullable Instant begin, @Nullable Instant end) {
        return new MessageFilter(types, entityId, states, begin, end);
    }

    /** Returns this filter, limited to messages received before the given time. */
    public MessageFilter before(Instant end) {
        return new MessageFilter(types, entityId, states, since, end);
    }
}
