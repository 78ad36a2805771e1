package io.github.bellhop.sync.fetch;

import io.github.bellhop.sync.mirror.EntityKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Of all who ask for one thing at once, one goes and the others wait for what it brings. Thread-safe. */
final class Flights {
    private final Map<EntityKey, CompletableFuture<Fetched>> underWay = new ConcurrentHashMap<>();

    /**
     * Goes, or waits for who went. Who goes and is interrupted leaves it to another.
     *
     * @throws RuntimeException what the one that went has thrown
     */
    Fetched join(EntityKey key, Supplier<Fetched> flight) {
        while (true) {
            CompletableFuture<Fetched> own = new CompletableFuture<>();
            CompletableFuture<Fetched> other = underWay.putIfAbsent(key, own);
            if (other == null) {
                return go(key, own, flight);
            }
            Fetched brought = await(other);
            if (brought.kind() != Fetched.Kind.INTERRUPTED
                    || Thread.currentThread().isInterrupted()) {
                return brought;
            }
        }
    }

    private Fetched go(EntityKey key, CompletableFuture<Fetched> own, Supplier<Fetched> flight) {
        try {
            Fetched brought = flight.get();
            underWay.remove(key, own);
            own.complete(brought);
            return brought;
        } catch (RuntimeException | Error fault) {
            underWay.remove(key, own);
            own.completeExceptionally(fault);
            throw fault;
        }
    }

    private static Fetched await(CompletableFuture<Fetched> other) {
        try {
            return other.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Fetched.of(Fetched.Kind.INTERRUPTED);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
