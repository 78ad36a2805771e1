package io.github.bellhop.sync.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stub of the Backend API with configurable responses, including ones that Clerk would never send. */
public final class StubClerk implements AutoCloseable {
    public static final String KEY = "sk_test_veryverysecret";

    static {
        // Responses are sent in two packets. Without this setting, the second would be delayed by 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private volatile Answering answering = path -> Answer.missing();
    private volatile Map<String, List<String>> headers = Map.of();

    /** Returns the response for a path with its query. */
    @FunctionalInterface
    public interface Answering {
        Answer to(String path) throws Exception;
    }

    public record Answer(int status, byte[] body, Map<String, String> headers, long contentLength) {
        public static Answer of(int status, String json) {
            byte[] body = Json.of("%s", json);
            return new Answer(status, body, Map.of(), body.length);
        }

        public static Answer missing() {
            return of(404, "{'errors':[{'message':'not found','code':'resource_not_found'}]}");
        }

        public Answer with(String header, String value) {
            return new Answer(status, body, Map.of(header, value), contentLength);
        }

        /** Returns a response with a Content-Length that is larger than the body. */
        public Answer unfinished() {
            return new Answer(status, body, headers, body.length + 1L);
        }
    }

    public StubClerk() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answers(Answering changed) {
        answering = changed;
    }

    /** Returns the requested paths in order. */
    public List<String> paths() {
        return paths;
    }

    /** Returns the first value of a header in the last request. */
    public String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        paths.add(path);
        headers = Map.copyOf(exchange.getRequestHeaders());
        Answer answer;
        try {
            answer = answering.to(path);
        } catch (Exception fault) {
            answer = Answer.of(500, "{'fault of the test':'" + fault.getClass().getSimpleName() + "'}");
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.contentLength());
        exchange.getResponseBody().write(answer.body());
        exchange.getResponseBody().flush();
        if (answer.contentLength() == answer.body().length) {
            exchange.close();
        }
    }

    /** Returns a user's JSON in the format of the API. */
    public static String user(String id, String firstName, long updatedAt) {
        return new String(
                Json.of(
                        "{'object':'user','id':'%s','first_name':'%s','primary_email_address_id':'idn_1',"
                                + "'email_addresses':[{'id':'idn_1','email_address':'%s@example.com',"
                                + "'verification':{'status':'verified'}}],'created_at':1700000000000,'updated_at':%d}",
                        id, firstName, id, updatedAt),
                StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
