package io.github.bellhop.simulator.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries requests for some addresses to receivers in this program, on the thread that sends, and all others by
 * another wire. Safe for concurrent use.
 */
public final class ReceiverWire implements Wire {
    private final Map<URI, Receiver> receivers = new ConcurrentHashMap<>();
    private final Wire others;

    /** A wire without receivers. */
    public ReceiverWire(Wire others) {
        this.others = others;
    }

    /** From now on, what goes to exactly this address goes to the receiver. */
    public void connect(URI url, Receiver receiver) {
        receivers.put(url, receiver);
    }

    @Override
    public CompletableFuture<WireAnswer> send(SignedRequest request) {
        Receiver receiver = receivers.get(request.url());
        return receiver == null ? others.send(request) : CompletableFuture.completedFuture(answer(receiver, request));
    }

    private static WireAnswer answer(Receiver receiver, SignedRequest request) {
        long start = System.nanoTime();
        try {
            int status = receiver.receive(request.headers(), request.body());
            return new WireAnswer(status, Map.of(), "", null, since(start));
        } catch (RuntimeException fault) {
            return new WireAnswer(500, Map.of(), fault.getClass().getSimpleName(), null, since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
