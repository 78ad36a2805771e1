package io.github.bellhop.simulator.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves APIs on a port of the loopback address. Requests for another host name, or from a web page of another site,
 * are rejected before they reach an API. The server sends no CORS headers. Safe for concurrent use.
 *
 * @hidden
 */
public final class ApiServer implements AutoCloseable {
    private static final int MAX_THREADS = 16;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server sends the headers and the body separately. On JDK 17, each answer then waits 40 ms for the
        // client's delayed acknowledgement, unless this property is set before the server's classes are loaded.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(MAX_THREADS, work -> daemon(work));

    private ApiServer(HttpServer server, List<Api> apis) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", new ApiHandler(List.copyOf(apis)));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bellhop-simulator");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Opens the port.
     *
     * @param port 0 for any free port
     * @throws UncheckedIOException if the port is already in use
     */
    public static ApiServer start(int port, List<Api> apis) {
        try {
            ApiServer opened = new ApiServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0), apis);
            opened.startDispatching();
            return opened;
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Port " + port
                            + " of the simulator cannot be opened. Stop the program that uses it, or choose another"
                            + " port.",
                    failed);
        }
    }

    /** Starts the server on a daemon thread, so that the server's own thread becomes a daemon thread as well. */
    private void startDispatching() {
        Thread starter = daemon(server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The open port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The base URL, without a path. */
    public URI baseUri() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" + port());
    }

    /** Closes the port without waiting for requests in progress. A second call does nothing. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
