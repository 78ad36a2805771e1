package io.github.bellhop.simulator.svix;

import java.time.Instant;

/**
 * An application: for Clerk, one instance.
 *
 * @param id        {@code app_} and 27 letters and digits
 * @param settings  what it was told
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record Application(String id, ApplicationSettings settings, Instant createdAt, Instant updatedAt) {
    Application changed(ApplicationSettings other, Instant now) {
        return new Application(id, other, createdAt, now);
    }
}
