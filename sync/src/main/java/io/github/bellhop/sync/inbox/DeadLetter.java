package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message or a run whose attempts are used up, with what is known of the message.
 *
 * @param messageId the message
 * @param handler   the handler's name; {@value #MIRROR} when the mirror could not take it
 * @param reason    why it died
 * @param attempts  how many attempts there were
 * @param diedAt    when it died
 * @param type      the event's type; null when it has none or the message is forgotten
 * @param entityId  the id of the event's entity; null when it has none or the message is forgotten
 * @param run       the handler's run; null for the mirror
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
    /** What stands for the mirror among the handlers' names; no handler has it. */
    public static final String MIRROR = "mirror";

    /** What it died of, in one line. */
    public @Nullable String cause() {
        return run == null ? reason : run.cause();
    }
}
