package io.github.bellhop.simulator.svix;

import java.time.Instant;

/**
 * An endpoint: a URL that receives an application's messages.
 *
 * @param id        {@code ep_} followed by 27 letters and digits
 * @param settings  the settings from the request
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Endpoint(String id, EndpointSettings settings, Instant createdAt, Instant updatedAt) {
    Endpoint changed(EndpointSettings other, Instant now) {
        return new Endpoint(id, other, createdAt, now);
    }
}
