package io.github.bellhop.server.feed;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Who listens under which token, and which deliveries wait for their answers. Safe for concurrent use. */
public final class Relay {
    /** Svix gives up after as long. */
    static final Duration ANSWER = Duration.ofSeconds(15);

    /** Each has buffers of about 1.5 MB. */
    private static final int MOST_CONNECTIONS = 20;

    /** Each holds a thread of the operator's port and its body a few times over. */
    private static final int MOST_UNDER_WAY = 16;

    private final Map<String, RelaySocket> listeners = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY);

    private record Waiting(RelaySocket listener, CompletableFuture<RelayFrame> answer) {}

    /** Whether a text can be a token: as the official command lines make them, or longer. */
    static boolean isToken(String text) {
        return text.matches("(c_)?[0-9A-Za-z]{10,64}");
    }

    /** Whether there is room for another connection, which is then taken. */
    boolean connect() {
        return connections.tryAcquire();
    }

    void disconnect() {
        connections.release();
    }

    /** Takes deliveries to this token from now on; false when somebody else does. */
    boolean enter(String token, RelaySocket listener) {
        return listeners.putIfAbsent(token, listener) == null;
    }

    void leave(String token, RelaySocket listener) {
        if (listeners.remove(token, listener)) {
            waiting.values().removeIf(one -> one.listener == listener && one.answer.cancel(true));
        }
    }

    /** Takes an answer; one that nobody waits for, or of somebody else's delivery, is let go. */
    void answer(RelaySocket listener, RelayFrame frame) {
        Waiting one = frame.id() == null ? null : waiting.get(frame.id());
        if (one != null && one.listener == listener) {
            one.answer.complete(frame);
        }
    }

    /** Whether somebody listens under this token and there is room for a delivery, which is then taken. */
    boolean begin(String token) {
        return listeners.containsKey(token) && places.tryAcquire();
    }

    /** Gives back the room of a delivery. */
    void end() {
        places.release();
    }

    /** Hands a delivery to whoever listens, whose answer comes in time or fails; empty if they are gone before that. */
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
        // Who left before this stood among what waits would never cancel it.
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
