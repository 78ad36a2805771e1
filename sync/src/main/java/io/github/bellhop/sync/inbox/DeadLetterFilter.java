package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is null leaves nothing out.
 *
 * @param messageId the message
 * @param handler   the handler's name, or {@value DeadLetter#MIRROR}
 * @param reason    why they died, in which {@code *} stands for any characters
 */
public record DeadLetterFilter(
        @Nullable String messageId,
        @Nullable String handler,
        @Nullable String reason) {}
