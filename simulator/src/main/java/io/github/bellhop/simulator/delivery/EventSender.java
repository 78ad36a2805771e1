package io.github.bellhop.simulator.delivery;

import io.github.bellhop.signature.MessageSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Signs messages and posts them to one endpoint, in the form of Svix's requests. It makes one attempt, follows no
 * redirect and throws for no answer: what went wrong is in the result. Safe for concurrent use; connections are kept
 * and used again.
 */
public final class EventSender {
    /** How long Svix waits for the whole answer. */
    public static final Duration TIMEOUT = HttpWire.TIMEOUT;

    private final URI endpoint;
    private final MessageSigner signer;
    private final InstantSource clock;
    private final Wire wire;

    /**
     * A sender to one endpoint.
     *
     * @param endpoint an http or https address with a host
     * @param signer   the endpoint's secret
     * @param clock    dates the attempts
     * @throws IllegalArgumentException when the endpoint is another kind of address
     */
    public EventSender(URI endpoint, MessageSigner signer, InstantSource clock) {
        this(endpoint, signer, clock, TIMEOUT);
    }

    EventSender(URI endpoint, MessageSigner signer, InstantSource clock, Duration timeout) {
        // The client's own check, made here rather than at the first message.
        HttpRequest.newBuilder(endpoint);
        this.endpoint = endpoint;
        this.signer = signer;
        this.clock = clock;
        this.wire = new HttpWire(TargetRule.anywhere(), timeout);
    }

    /** Where the messages go. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * Makes one attempt to deliver a message, and waits for its end, {@link #TIMEOUT} at most.
     *
     * @throws InterruptedException when the thread is interrupted; the message may then have arrived or not
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
