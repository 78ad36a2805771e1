package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message or a run whose attempts are used up.
 *
 * @param messageId the message
 * @param handler   the handler's name; {@value #MIRROR} when the mirror could not take it
 * @param reason    why it died
 * @param attempts  how many attempts there were
 * @param diedAt    when it died
 */
public record DeadLetter(
        String messageId,
        String handler,
        @Nullable String reason,
        int attempts,
        @Nullable Instant diedAt) {
    /** What stands for the mirror among the handlers' names; no handler has it. */
    public static final String MIRROR = "mirror";
}
