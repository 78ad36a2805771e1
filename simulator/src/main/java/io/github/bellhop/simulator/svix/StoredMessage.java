package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.delivery.OutgoingMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message and its deliveries. Guarded by the state's lock. */
final class StoredMessage {
    final StoredApplication application;
    Message info;

    final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    /** The endpoints for which chaos dropped this message. */
    final Set<String> lostTo = new HashSet<>();

    final List<String> attempts = new ArrayList<>();
    private final Instant expires;

    StoredMessage(StoredApplication application, Message info, Instant expires) {
        this.application = application;
        this.info = info;
        this.expires = expires;
    }

    /** The message to send; null if the payload is gone. */
    @Nullable
    OutgoingMessage outgoing(Instant now) {
        return shown(now).content();
    }

    /** The message as clients see it; the payload disappears when its retention ends. */
    Message shown(Instant now) {
        if (!now.isBefore(expires)) {
            forgetPayload();
        }
        return info;
    }

    void forgetPayload() {
        info = info.withoutContent();
    }

    /** The delivery to an endpoint. The delivery must exist. */
    Delivery delivery(String endpoint) {
        return Objects.requireNonNull(deliveries.get(endpoint), endpoint);
    }

    /** Whether no request is in flight or scheduled. */
    boolean settled() {
        return deliveries.values().stream().allMatch(delivery -> delivery.open == 0);
    }
}
