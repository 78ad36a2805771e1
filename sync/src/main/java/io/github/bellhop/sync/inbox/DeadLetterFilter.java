package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters. A null component matches every dead letter.
 *
 * @param messageId the message's id
 * @param handler   the handler's name, or {@value DeadLetter#MIRROR}
 * @param reason    why they became dead letters; {@code *} matches any characters
 */
public record DeadLetterFilter(
        @Nullable String messageId,
        @Nullable String handler,
        @Nullable String reason) {}
