package io.github.bellhop.simulator;

import java.net.URI;

/**
 * An endpoint that receives the simulator's events.
 *
 * @param id            its id in the simulator's Svix API
 * @param url           the URL that receives the events
 * @param signingSecret the secret that the events are signed with; give it to the receiver as
 *                      {@code CLERK_WEBHOOK_SIGNING_SECRET}
 */
public record SimulatedEndpoint(String id, URI url, String signingSecret) {
    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "SimulatedEndpoint[" + id + ", " + url + "]";
    }
}
