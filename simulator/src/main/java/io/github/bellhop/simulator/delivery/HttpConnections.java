package io.github.bellhop.simulator.delivery;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens connections, and keeps idle connections for a few seconds to reuse them. Safe for concurrent use. */
final class HttpConnections {
    /** Shorter than the idle timeouts of common servers. Node's idle timeout is 5 seconds. */
    private static final long MAX_IDLE_SECONDS = 3;

    private final Executor afterIdleTime =
            CompletableFuture.delayedExecutor(MAX_IDLE_SECONDS, TimeUnit.SECONDS, Runnable::run);
    private final Supplier<SSLSocketFactory> tls;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean isSweepPlanned;

    private record Idle(HttpConnection connection, long since) {
        boolean isExpired(long now) {
            return now - since >= TimeUnit.SECONDS.toNanos(MAX_IDLE_SECONDS);
        }
    }

    /**
     * Creates an empty set of connections.
     *
     * @param tls called when a secure connection is opened, because loading TLS takes time
     */
    HttpConnections(Supplier<SSLSocketFactory> tls) {
        this.tls = tls;
    }

    /** Sends a POST request over an idle connection to the same name and address, or over a new one. */
    HttpResponse post(Route route, SignedRequest request) throws IOException {
        HttpConnection kept = take(route);
        HttpConnection connection = kept == null ? HttpConnection.open(route, tls) : kept;
        boolean isOpen = false;
        try {
            HttpResponse response = connection.post(request);
            isOpen = response.isConnectionOpen();
            return response;
        } finally {
            if (isOpen) {
                keep(connection);
            } else {
                connection.close();
            }
        }
    }

    private synchronized @Nullable HttpConnection take(Route route) {
        for (Iterator<Idle> newestFirst = idle.descendingIterator(); newestFirst.hasNext(); ) {
            HttpConnection connection = newestFirst.next().connection();
            if (connection.route().equals(route)) {
                newestFirst.remove();
                if (!connection.isStale()) {
                    return connection;
                }
                connection.close();
            }
        }
        return null;
    }

    private synchronized void keep(HttpConnection connection) {
        idle.addLast(new Idle(connection, System.nanoTime()));
        planSweep();
    }

    private void planSweep() {
        if (!isSweepPlanned && !idle.isEmpty()) {
            isSweepPlanned = true;
            afterIdleTime.execute(this::sweep);
        }
    }

    private synchronized void sweep() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && idle.getFirst().isExpired(now)) {
            idle.removeFirst().connection().close();
        }
        isSweepPlanned = false;
        planSweep();
    }
}
