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
 * APIs on a port of this machine's loopback address. Requests that name another host or come from a page of another
 * site are refused before any API sees them; there are no CORS headers. Safe for concurrent use.
 *
 * @hidden
 */
public final class ApiServer implements AutoCloseable {
    private static final int MAX_THREADS = 16;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server sends head and body apart. On JDK 17 each answer then waits 40 ms for the client's delayed
        // acknowledgement, unless this is set before the server's classes are loaded.
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
     * @param port 0 for any that is free
     * @throws UncheckedIOException when it is taken
     */
    public static ApiServer start(int port, List<Api> apis) {
        try {
            ApiServer opened = new ApiServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0), apis);
            opened.startDispatching();
            return opened;
        } catch (IOException failed) {
            throw new UncheckedIOException("The simulator's port " + port + " cannot be opened.", failed);
        }
    }

    /** The server's own thread is a daemon if the thread that starts it is one. */
    private void startDispatching() {
        Thread starter = daemon(server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port that was opened. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Its address, without a path. */
    public URI baseUri() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" + port());
    }

    /** Closes the port, without waiting for requests under way; a second call does nothing. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
