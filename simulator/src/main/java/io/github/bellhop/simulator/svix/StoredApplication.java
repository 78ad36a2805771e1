package io.github.bellhop.simulator.svix;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An application and all that belongs to it. Guarded by the state's lock. */
final class StoredApplication {
    Application info;
    final NavigableMap<String, StoredEndpoint> endpoints = new TreeMap<>();
    final NavigableMap<String, StoredMessage> messages = new TreeMap<>();
    final NavigableMap<String, Attempt> attempts = new TreeMap<>();
    final Map<String, StoredMessage> messagesByEventId = new HashMap<>();

    StoredApplication(Application info) {
        this.info = info;
    }

    StoredEndpoint endpoint(String idOrUid) {
        StoredEndpoint endpoint = endpoints.get(idOrUid);
        if (endpoint != null) {
            return endpoint;
        }
        return endpoints.values().stream()
                .filter(other -> idOrUid.equals(other.info.settings().uid()))
                .findFirst()
                .orElseThrow(() -> SvixException.notFound("Entity not found"));
    }

    boolean hasEndpoint(String idOrUid) {
        return endpoints.containsKey(idOrUid)
                || endpoints.values().stream()
                        .anyMatch(other -> idOrUid.equals(other.info.settings().uid()));
    }

    StoredMessage message(String idOrEventId) {
        StoredMessage message = messages.get(idOrEventId);
        if (message == null) {
            message = messagesByEventId.get(idOrEventId);
        }
        if (message == null) {
            throw SvixException.notFound("Entity not found");
        }
        return message;
    }
}
