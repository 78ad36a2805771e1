package io.github.bellhop.server.feed;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The listeners by their tokens, and the deliveries that wait for an answer. Thread-safe. */
public final class Relay {
    /** How long Svix waits for an answer. */
    static final Duration ANSWER = Duration.ofSeconds(15);

    /** Each connection has buffers of about 1.5 MB. */
    private static final int MAX_CONNECTIONS = 20;

    /** Each delivery holds a thread of the operator's port and several copies of its body. */
    private static final int MAX_DELIVERIES = 16;

    private final Map<String, RelaySocket> listeners = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final Semaphore places = new Semaphore(MAX_DELIVERIES);

    private record Waiting(RelaySocket listener, CompletableFuture<RelayFrame> answer) {}

    /** Whether the string has the form of a token: as created by the official command lines, or longer. */
    static boolean isToken(String text) {
        return text.matches("(c_)?[0-9A-Za-z]{10,64}");
    }

    /** Reserves a place for a connection; returns false if none is free. */
    boolean connect() {
        return connections.tryAcquire();
    }

    void disconnect() {
        connections.release();
    }

    /** Registers the listener of this token; returns false if the token already has one. */
    boolean enter(String token, RelaySocket listener) {
        return listeners.putIfAbsent(token, listener) == null;
    }

    void leave(String token, RelaySocket listener) {
        if (listeners.remove(token, listener)) {
            waiting.values().removeIf(delivery -> delivery.listener == listener && delivery.answer.cancel(true));
        }
    }

    /**
     * Completes a delivery with its answer. Ignores the answer if nobody waits for it or the delivery went to another
     * listener.
     */
    void answer(RelaySocket listener, RelayFrame frame) {
        Waiting delivery = frame.id() == null ? null : waiting.get(frame.id());
        if (delivery != null && delivery.listener == listener) {
            delivery.answer.complete(frame);
        }
    }

    /** Reserves a place for a delivery; returns false if none is free or nobody listens under this token. */
    boolean begin(String token) {
        return listeners.containsKey(token) && places.tryAcquire();
    }

    /** Releases the place that was reserved for a delivery. */
    void end() {
        places.release();
    }

    /**
     * Sends a delivery to the listener of the token. The returned future completes with the answer, or fails after
     * {@link #ANSWER}. Empty if the listener has already left.
     */
    Optional<CompletableFuture<RelayFrame>> deliver(
            String token, String method, Map<String, String> headers, byte[] body) {
        RelaySocket listener = listeners.get(token);
        if (listener == null) {
            return Optional.empty();
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<RelayFrame> answer = new CompletableFuture<>();
        waiting.put(id, new Waiting(listener, answer));
        CompletableFuture<RelayFrame> inTime = answer.orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((frame, failed) -> waiting.remove(id));
        // A listener that left before the delivery was registered would never cancel it.
        if (listeners.get(token) != listener) {
            answer.cancel(true);
            return Optional.empty();
        }
        try {
            listener.send(RelayFrame.delivery(id, method, headers, body));
        } catch (RuntimeException gone) {
            answer.completeExceptionally(gone);
        }
        return Optional.of(inTime);
    }
}
