package io.github.bellhop.server.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Keeps the public port available to all clients. Headers must be complete within {@link #HEADERS}, however slowly
 * their bytes arrive. If more connections are open than the limit, the address with the most connections loses the
 * connections that have waited longest for their client. Thread-safe.
 */
final class ConnectionWatch {
    /** The time within which the headers of a request must arrive. */
    static final Duration HEADERS = Duration.ofSeconds(5);

    private static final int GROUP_BYTES_OF_IPV6 = 8;

    /** Each pass visits all connections, so it closes up to {@code limit / LIMIT_DIVISOR} of them at once. */
    private static final int LIMIT_DIVISOR = 20;

    private final int limit;
    private final Predicate<InetAddress> trusted;
    private final LongSupplier nanos;
    private final Map<Object, Connection> open = new ConcurrentHashMap<>();

    /** The state of a connection. */
    private enum Phase {
        /** The headers are incomplete, or a new connection has sent nothing yet. */
        HEADERS,
        /** Waiting for the client's next request. */
        NEXT,
        /** A request is in progress. */
        REQUEST
    }

    private static final class Connection {
        private final String group;
        private final boolean trusted;
        private final Runnable close;
        private volatile Phase phase = Phase.HEADERS;
        private volatile boolean worked;
        private volatile long since;

        Connection(String group, boolean trusted, Runnable close, long since) {
            this.group = group;
            this.trusted = trusted;
            this.close = close;
            this.since = since;
        }

        boolean isBusy() {
            return worked || phase == Phase.REQUEST;
        }
    }

    /**
     * Creates a watch without connections.
     *
     * @param limit   the maximum number of open connections
     * @param trusted the proxies, whose connections serve many clients and are never closed to make room
     * @param nanos   the time, as in {@link System#nanoTime()}
     */
    ConnectionWatch(int limit, Predicate<InetAddress> trusted, LongSupplier nanos) {
        this.limit = limit;
        this.trusted = trusted;
        this.nanos = nanos;
    }

    /**
     * Adds a new connection; the time for its headers starts now.
     *
     * @param key   identifies the connection
     * @param close closes the connection soon, on any thread; does nothing if it is already closed
     */
    void opened(Object key, InetAddress client, Runnable close) {
        open.put(key, new Connection(group(client), trusted.test(client), close, nanos.getAsLong()));
    }

    /**
     * A thread has started to process the bytes received. The connection is not overdue until one of the next three
     * methods is called.
     */
    void worksOn(Object key) {
        Connection connection = open.get(key);
        if (connection != null) {
            connection.worked = true;
        }
    }

    /** Part of the headers has arrived. The time for the rest starts at the first call. */
    void awaitsHeaders(Object key) {
        enter(key, Phase.HEADERS);
    }

    /** A request was answered, and no byte of the next one has arrived. */
    void awaitsRequest(Object key) {
        enter(key, Phase.NEXT);
    }

    /** The headers of a request are complete. */
    void hasRequest(Object key) {
        enter(key, Phase.REQUEST);
    }

    private void enter(Object key, Phase phase) {
        Connection connection = open.get(key);
        if (connection == null) {
            return;
        }
        if (connection.phase != phase) {
            connection.since = nanos.getAsLong();
            connection.phase = phase;
        }
        connection.worked = false;
    }

    /** Removes a closed connection. */
    void closed(Object key) {
        open.remove(key);
    }

    /** Closes the connections whose headers are overdue. */
    void closeOverdue() {
        long now = nanos.getAsLong();
        open.forEach((key, connection) -> {
            if (connection.phase == Phase.HEADERS
                    && !connection.worked
                    && now - connection.since >= HEADERS.toNanos()) {
                close(key, connection);
            }
        });
    }

    /** If too many connections are open, closes some connections of the address that has the most. */
    void makeRoom() {
        if (open.size() <= limit) {
            return;
        }
        Map<String, List<Map.Entry<Object, Connection>>> groups = new HashMap<>();
        open.entrySet().stream()
                .filter(entry -> !entry.getValue().trusted)
                .forEach(entry -> groups.computeIfAbsent(entry.getValue().group, group -> new ArrayList<>())
                        .add(entry));
        groups.values().stream().max(Comparator.comparingInt(List::size)).ifPresent(this::thin);
    }

    private void thin(List<Map.Entry<Object, Connection>> largest) {
        long now = nanos.getAsLong();
        // A request in progress is aborted only if one address holds more than half of the limit.
        boolean dominates = largest.size() > limit / 2;
        largest.stream()
                .filter(entry -> dominates || !entry.getValue().isBusy())
                .sorted(Comparator.<Map.Entry<Object, Connection>, Boolean>comparing(
                                entry -> entry.getValue().isBusy())
                        .thenComparingLong(entry -> entry.getValue().since - now))
                .limit(Math.max(1, Math.min(largest.size() / 2, limit / LIMIT_DIVISOR)))
                .forEach(entry -> close(entry.getKey(), entry.getValue()));
    }

    private void close(Object key, Connection connection) {
        if (open.remove(key, connection)) {
            connection.close.run();
        }
    }

    /** A client with one IPv6 address usually has 2^64 of them. */
    private static String group(InetAddress client) {
        byte[] address = client.getAddress();
        return HexFormat.of()
                .formatHex(client instanceof Inet6Address ? Arrays.copyOf(address, GROUP_BYTES_OF_IPV6) : address);
    }
}
