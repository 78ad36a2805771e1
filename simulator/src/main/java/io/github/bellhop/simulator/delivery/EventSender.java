package io.github.bellhop.simulator.delivery;

import io.github.bellhop.signature.MessageSigner;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Signs messages and sends them to one endpoint with the same POST requests as Svix. Each call makes one attempt and
 * follows no redirects. A failed attempt is reported in the result, not by an exception. Safe for concurrent use;
 * connections are reused.
 */
public final class EventSender {
    /** How long Svix waits for the complete answer. */
    public static final Duration TIMEOUT = HttpWire.TIMEOUT;

    private final URI endpoint;
    private final MessageSigner signer;
    private final InstantSource clock;
    private final Wire wire;

    /**
     * Creates a sender for one endpoint.
     *
     * @param endpoint an HTTP or HTTPS URL with a host
     * @param signer   the signer with the endpoint's secret
     * @param clock    the clock for the timestamps of the attempts
     * @throws IllegalArgumentException if the endpoint is not such a URL
     */
    public EventSender(URI endpoint, MessageSigner signer, InstantSource clock) {
        this(endpoint, signer, clock, TIMEOUT);
    }

    EventSender(URI endpoint, MessageSigner signer, InstantSource clock, Duration timeout) {
        Route.require(endpoint);
        this.endpoint = endpoint;
        this.signer = signer;
        this.clock = clock;
        this.wire = new HttpWire(TargetRule.anywhere(), timeout);
    }

    /** The URL that messages are sent to. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * Makes one attempt to deliver a message. Waits until the attempt ends, for at most {@link #TIMEOUT}.
     *
     * @throws InterruptedException if the thread is interrupted; the message may or may not have arrived
     */
    public WireAnswer send(OutgoingMessage message) throws InterruptedException {
        long seconds = clock.instant().getEpochSecond();
        SignedRequest request = SignedRequest.of(endpoint, message, seconds, List.of(signer), Map.of());
        try {
            return wire.send(request).get();
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
