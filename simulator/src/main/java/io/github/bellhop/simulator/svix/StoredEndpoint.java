package io.github.bellhop.simulator.svix;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** An endpoint, its secrets and what waits for it. Guarded by the state's lock. */
final class StoredEndpoint {
    Endpoint info;
    URI url;
    final EndpointSecrets secrets;
    final EndpointHealth health;
    final Set<Delivery> pending = new LinkedHashSet<>();
    Map<String, String> headers;
    boolean deleted;

    StoredEndpoint(Endpoint info, EndpointSecrets secrets, EndpointHealth health, Map<String, String> headers) {
        this.info = info;
        this.url = URI.create(info.settings().url());
        this.secrets = secrets;
        this.health = health;
        this.headers = Map.copyOf(headers);
    }

    String id() {
        return info.id();
    }

    boolean active() {
        return !deleted && !info.settings().disabled();
    }

    boolean wants(StoredMessage message) {
        return info.settings().wants(message.info.eventType(), message.info.channels());
    }
}
