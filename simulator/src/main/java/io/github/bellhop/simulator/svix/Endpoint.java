package io.github.bellhop.simulator.svix;

import java.time.Instant;

/**
 * An endpoint: a URL that gets an application's messages.
 *
 * @param id        {@code ep_} and 27 letters and digits
 * @param settings  what it was told
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record Endpoint(String id, EndpointSettings settings, Instant createdAt, Instant updatedAt) {
    Endpoint changed(EndpointSettings other, Instant now) {
        return new Endpoint(id, other, createdAt, now);
    }
}
