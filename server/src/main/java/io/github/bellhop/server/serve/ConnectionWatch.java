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
 * Keeps room for everybody on the public port. Headers must be complete a few seconds after their first byte, however
 * their bytes are spread. When more connections are open than may be, the address with the most of them loses the ones
 * that have waited longest for their client. Safe for concurrent use.
 */
final class ConnectionWatch {
    /** How long headers may take in all. */
    static final Duration HEADERS = Duration.ofSeconds(5);

    private static final int GROUP_BYTES_OF_IPV6 = 8;

    /** One sweep over all connections closes this part of the limit, so that it pays for many new connections. */
    private static final int CLOSED_PART = 20;

    private final int limit;
    private final Predicate<InetAddress> trusted;
    private final LongSupplier nanos;
    private final Map<Object, Connection> open = new ConcurrentHashMap<>();

    /** What a connection waits for. */
    private enum Phase {
        /** The client has sent part of a request's headers, or nothing yet. */
        HEADERS,
        /** The client's next request. */
        NEXT,
        /** A request is under way. */
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
     * A watch over no connections.
     *
     * @param limit   how many may be open at once
     * @param trusted the proxies, which have the connections of many clients
     * @param nanos   the time, as {@link System#nanoTime()} counts it
     */
    ConnectionWatch(int limit, Predicate<InetAddress> trusted, LongSupplier nanos) {
        this.limit = limit;
        this.trusted = trusted;
        this.nanos = nanos;
    }

    /**
     * Notes a new connection, whose headers are awaited from now on.
     *
     * @param key   names the connection from now on
     * @param close closes it soon, on any thread, and does nothing when it is closed
     */
    void opened(Object key, InetAddress client, Runnable close) {
        open.put(key, new Connection(group(client), trusted.test(client), close, nanos.getAsLong()));
    }

    /** A thread begins to work on what has come; until one of the next three is called, nothing is overdue. */
    void worksOn(Object key) {
        Connection connection = open.get(key);
        if (connection != null) {
            connection.worked = true;
        }
    }

    /** Part of the headers of a request have come; their time runs from the first call on. */
    void awaitsHeaders(Object key) {
        note(key, Phase.HEADERS);
    }

    /** A request is answered, and nothing of the next one has come. */
    void awaitsRequest(Object key) {
        note(key, Phase.NEXT);
    }

    /** The headers of a request are complete. */
    void hasRequest(Object key) {
        note(key, Phase.REQUEST);
    }

    private void note(Object key, Phase phase) {
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

    /** Forgets a connection. */
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

    /** When too many connections are open, closes some of the address that has most. */
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
        // A request under way is stopped only when one address holds most of the room.
        boolean hog = largest.size() > limit / 2;
        largest.stream()
                .filter(entry -> hog || !entry.getValue().isBusy())
                .sorted(Comparator.<Map.Entry<Object, Connection>, Boolean>comparing(
                                entry -> entry.getValue().isBusy())
                        .thenComparingLong(entry -> entry.getValue().since - now))
                .limit(Math.max(1, Math.min(largest.size() / 2, limit / CLOSED_PART)))
                .forEach(entry -> close(entry.getKey(), entry.getValue()));
    }

    private void close(Object key, Connection connection) {
        if (open.remove(key, connection)) {
            connection.close.run();
        }
    }

    /** Who has one address of IPv6 usually has 2^64 of them. */
    private static String group(InetAddress client) {
        byte[] address = client.getAddress();
        return HexFormat.of()
                .formatHex(client instanceof Inet6Address ? Arrays.copyOf(address, GROUP_BYTES_OF_IPV6) : address);
    }
}
