package io.github.bellhop.simulator;

import java.net.URI;

/**
 * An endpoint that receives the simulator's events.
 *
 * @param id            its id in the simulator's Svix API
 * @param url           where the events go
 * @param signingSecret the secret that signs them; give it to the receiver as {@code CLERK_WEBHOOK_SIGNING_SECRET}
 */
public record SimulatedEndpoint(String id, URI url, String signingSecret) {
    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "SimulatedEndpoint[" + id + ", " + url + "]";
    }
}
