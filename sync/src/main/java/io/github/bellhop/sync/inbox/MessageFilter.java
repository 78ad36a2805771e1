package io.github.bellhop.sync.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the inbox are meant; what is empty or null leaves nothing out.
 *
 * @param types    types of events, in which {@code *} stands for any characters
 * @param entityId the entity's id
 * @param states   where they stand
 * @param since    those that came then or later
 * @param until    those that came before
 */
public record MessageFilter(
        List<String> types,
        @Nullable String entityId,
        Set<ListedState> states,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** All messages. */
    public static final MessageFilter ALL = new MessageFilter(List.of(), null, Set.of(), null, null);

    /** Copies the lists. */
    public MessageFilter {
        types = List.copyOf(types);
        states = Set.copyOf(states);
    }

    /** The same, of those that came within these times. */
    public MessageFilter within(@Nullable Instant begin, @Nullable Instant end) {
        return new MessageFilter(types, entityId, states, begin, end);
    }

    /** The same, of those that came before the given time. */
    public MessageFilter before(Instant end) {
        return new MessageFilter(types, entityId, states, since, end);
    }
}
