package io.github.bellhop.sync.fetch;

import io.github.bellhop.sync.mirror.EntityKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Merges concurrent fetches of one entity: the first caller fetches, and the others wait for its result. Thread-safe.
 */
final class SingleFlight {
    private final Map<EntityKey, CompletableFuture<Fetched>> running = new ConcurrentHashMap<>();

    /**
     * Runs the fetch, or waits for the result of a running fetch of the same entity. If the fetching thread is
     * interrupted, one of the waiting threads fetches instead.
     *
     * @throws RuntimeException if the fetch threw it; also thrown on every waiting thread
     */
    Fetched run(EntityKey key, Supplier<Fetched> fetch) {
        while (true) {
            CompletableFuture<Fetched> own = new CompletableFuture<>();
            CompletableFuture<Fetched> other = running.putIfAbsent(key, own);
            if (other == null) {
                return lead(key, own, fetch);
            }
            Fetched result = await(other);
            if (result.kind() != Fetched.Kind.INTERRUPTED
                    || Thread.currentThread().isInterrupted()) {
                return result;
            }
        }
    }

    private Fetched lead(EntityKey key, CompletableFuture<Fetched> own, Supplier<Fetched> fetch) {
        try {
            Fetched result = fetch.get();
            running.remove(key, own);
            own.complete(result);
            return result;
        } catch (RuntimeException | Error fault) {
            running.remove(key, own);
            own.completeExceptionally(fault);
            throw fault;
        }
    }

    private static Fetched await(CompletableFuture<Fetched> other) {
        try {
            return other.get();
        } catch (InterruptedException interrupted) {
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
