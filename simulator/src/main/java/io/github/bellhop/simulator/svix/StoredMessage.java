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

/** A message, its payload and its deliveries. Guarded by the state's lock. */
final class StoredMessage {
    final StoredApplication application;
    /** Without the payload. */
    final Message info;

    final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    /** Endpoints on the way to which chaos lost it. */
    final Set<String> lostTo = new HashSet<>();

    final List<String> attempts = new ArrayList<>();
    private final Instant expires;
    private @Nullable OutgoingMessage payload;

    StoredMessage(StoredApplication application, Message info, byte[] payload, Instant expires) {
        this.application = application;
        this.info = info;
        this.expires = expires;
        this.payload = new OutgoingMessage(info.id(), info.eventType(), null, payload);
    }

    /** What is sent; null when the payload is gone. */
    @Nullable
    OutgoingMessage outgoing(Instant now) {
        if (!now.isBefore(expires)) {
            payload = null;
        }
        return payload;
    }

    /** The message as it is shown. */
    Message shown(Instant now) {
        return new Message(
                info.id(),
                info.eventType(),
                outgoing(now),
                info.eventId(),
                info.channels(),
                info.tags(),
                info.deliverAt(),
                info.timestamp());
    }

    /** How it stands with an endpoint to which it is known to be on its way. */
    Delivery delivery(String endpoint) {
        return Objects.requireNonNull(deliveries.get(endpoint), endpoint);
    }

    void forgetPayload() {
        payload = null;
    }

    /** Whether nothing of it is in flight or to come. */
    boolean settled() {
        return deliveries.values().stream().allMatch(delivery -> delivery.open == 0);
    }
}
