package io.github.bellhop.simulator.svix;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** An application and everything in it. Guarded by the state's lock. */
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
        return find(idOrUid).orElseThrow(() -> SvixException.notFound("Entity not found"));
    }

    Optional<StoredEndpoint> find(String idOrUid) {
        return SvixState.find(
                endpoints, idOrUid, endpoint -> endpoint.info.settings().uid());
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
