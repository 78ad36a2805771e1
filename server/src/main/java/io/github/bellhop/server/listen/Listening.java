package io.github.bellhop.server.listen;

import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import org.jspecify.annotations.Nullable;

/** What is told while deliveries come and go. Called from several threads at once. */
public interface Listening {
    /** The source is there, for the first time or again. */
    void connected();

    /** The source is not there or went away; it is tried again. Each reason is told once until it is there again. */
    void lost(String why);

    /** The address at which a relay takes deliveries: at first, and when it changed. */
    void relayAt(String address);

    /** The app was given a message, or could not be. */
    void forwarded(Arrival arrival, SignedRequest request, WireAnswer answer);

    /** A message has no payload any more, so nothing was forwarded. */
    void expired(String messageId, @Nullable String type, @Nullable String entityId);
}
