package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a handler that is not done.
 *
 * @param handler       the handler's name
 * @param attempts      how many attempts have failed
 * @param reason        why the last one failed
 * @param nextAttemptAt when it is due; null while it waits for the mirror, and for what is dead
 * @param diedAt        when it became a dead letter
 * @param head          whether it is the first of its lane; else it waits for others about the same entity
 */
public record RunRecord(
        String handler,
        int attempts,
        @Nullable String reason,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant diedAt,
        boolean head) {}
