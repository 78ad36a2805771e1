package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group of dead letters with the same handler and reason.
 *
 * @param handler the handler's name, or {@value DeadLetter#MIRROR}
 * @param reason  why they became dead letters
 * @param count   the number of dead letters
 * @param last    when the newest one became a dead letter
 * @param example the message id of one of them
 */
public record DeathCause(
        String handler,
        @Nullable String reason,
        long count,
        @Nullable Instant last,
        String example) {}
