package io.github.bellhop.simulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * APIs on a port of this machine's loopback address. Requests that name another host or come from a page of another
 * site are refused before any API sees them; there are no CORS headers. Safe for concurrent use.
 *
 * @hidden
 */
public final class ApiServer implements AutoCloseable {
    private static final int MAX_THREADS = 16;

    private final Server server;
    private final ServerConnector connector;

    private ApiServer(int port, List<Api> apis) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
        threads.setName("bellhop-simulator");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        // A client that was given a base URL with a slash at its end writes two of them.
        http.setUriCompliance(
                UriCompliance.DEFAULT.with("bellhop-simulator", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        // Clients keep their connections open; a close does not wait for those on which nothing happens.
        connector.setShutdownIdleTimeout(50);
        server.addConnector(connector);
        server.setHandler(new ApiHandler(apis));
        // Clients keep their connections open; waiting for them to go would be waiting in vain.
        server.setStopTimeout(0);
    }

    /**
     * Opens the port.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException when it is taken
     */
    public static ApiServer start(int port, List<Api> apis) {
        ApiServer api = new ApiServer(port, List.copyOf(apis));
        try {
            api.server.start();
            return api;
        } catch (Exception failed) {
            api.close();
            throw new UncheckedIOException(
                    "The simulator's port " + port + " cannot be opened.",
                    failed instanceof IOException io ? io : new IOException(failed));
        }
    }

    /** The port that was opened. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Its address, without a path. */
    public URI baseUri() {
        return URI.create("http://" + connector.getHost() + ":" + port());
    }

    /** Closes the port; a second call does nothing. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("The simulator's port did not close well.", failed);
        }
    }
}
