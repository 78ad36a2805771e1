package io.github.bellhop.sync.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What dead letters have in common.
 *
 * @param handler the handler's name, or {@value DeadLetter#MIRROR}
 * @param reason  why they died
 * @param count   how many there are
 * @param last    when the last one died
 * @param example the message of one of them
 */
public record DeathCause(
        String handler,
        @Nullable String reason,
        long count,
        @Nullable Instant last,
        String example) {}
