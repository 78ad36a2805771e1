package io.github.bellhop.simulator.svix;

import java.time.Instant;

/**
 * A type of event that the service knows.
 *
 * @param name      such as {@code user.created}
 * @param settings  what is said of it
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record EventTypeEntry(String name, EventTypeSettings settings, Instant createdAt, Instant updatedAt) {
    EventTypeEntry changed(EventTypeSettings other, Instant now) {
        return new EventTypeEntry(name, other, createdAt, now);
    }
}
