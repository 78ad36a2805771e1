package io.github.bellhop.server.listen;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import org.jspecify.annotations.Nullable;

/** Receives the events of a {@code bellhop listen} run. Called from several threads concurrently. */
public interface Listening {
    /** The source is connected, for the first time or again. */
    void connected();

    /** The source is unavailable, or the connection was lost. Called once for each reason, while retries continue. */
    void lost(String why);

    /** The address at which a relay accepts deliveries. Called at the start and after each change. */
    void relayAt(String address);

    /** A message was sent to the app, or could not be sent. */
    void forwarded(Arrival arrival, SignedRequest request, WireAnswer answer);

    /** The payload of a message was removed, so nothing was forwarded. */
    void expired(String messageId, @Nullable String type, @Nullable String entityId);
}
