package io.github.bellhop.server.testing;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver with configured answers to unsigned and signed deliveries. */
public final class StubReceiver implements AutoCloseable {
    private static final String MISSING = "{\"reason\":\"missing-headers\"}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> paths = new ConcurrentHashMap<>();
    private final String scheme;
    private volatile Answer unsigned = new Answer(400, Map.of("Content-Type", "application/problem+json"), MISSING);
    private volatile Answer signed = new Answer(200, Map.of(), "{\"result\":\"kept\"}");

    /** The status, headers and body of an answer. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    public StubReceiver() {
        this(null);
    }

    /** Creates a receiver, with TLS if {@code tls} is not null. */
    public StubReceiver(@Nullable SSLContext tls) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (tls == null) {
                server = HttpServer.create(address, 0);
                scheme = "http";
            } else {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
                scheme = "https";
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer usual = exchange.getRequestHeaders().containsKey("svix-id") ? signed : unsigned;
            Answer answer = paths.getOrDefault(exchange.getRequestURI().getPath(), usual);
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** Sets the answer to unsigned deliveries. */
    public StubReceiver unsigned(int status, Map<String, String> headers, String body) {
        unsigned = new Answer(status, headers, body);
        return this;
    }

    /** Sets the answer to signed deliveries. */
    public StubReceiver signed(int status, Map<String, String> headers, String body) {
        signed = new Answer(status, headers, body);
        return this;
    }

    /** Sets the answer to all requests at this path. */
    public StubReceiver at(String path, int status, Map<String, String> headers, String body) {
        paths.put(path, new Answer(status, headers, body));
        return this;
    }

    /** Sets the answer to all deliveries. */
    public StubReceiver all(int status, Map<String, String> headers, String body) {
        return unsigned(status, headers, body).signed(status, headers, body);
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/api/webhooks/clerk");
    }

    /** Returns the bodies received so far. */
    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
