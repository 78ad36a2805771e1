package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message or a handler run that is a dead letter, with the details of its message.
 *
 * @param messageId the message's id
 * @param handler   the handler's name; {@value #MIRROR} if the message could not be mirrored
 * @param reason    why it became a dead letter
 * @param attempts  the number of attempts
 * @param diedAt    when it became a dead letter
 * @param type      the event's type; null if it has none or the message has expired
 * @param entityId  the id of the event's entity; null if it has none or the message has expired
 * @param run       the handler's run; null for {@value #MIRROR}
 */
public record DeadLetter(
        String messageId,
        String handler,
        @Nullable String reason,
        int attempts,
        @Nullable Instant diedAt,
        @Nullable String type,
        @Nullable String entityId,
        @Nullable RunRecord run) {
    /** The name that stands for the mirror in place of a handler's name. No handler can have this name. */
    public static final String MIRROR = "mirror";

    /** Returns why it became a dead letter, in one line. */
    public @Nullable String cause() {
        return run == null ? reason : run.cause();
    }
}
