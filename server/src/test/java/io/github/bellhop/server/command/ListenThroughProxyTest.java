package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.bellhop.SameOnEveryJdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@code bellhop listen} through a proxy that answers in place of the server, as during a deployment. */
@Timeout(300)
@SameOnEveryJdk
class ListenThroughProxyTest {
    private static final String READY = "{\"kind\":\"ready\",\"at\":1764000000000}\n";

    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile String contentType = "application/x-ndjson";
    private HttpServer proxy;

    @TempDir
    Path client;

    @BeforeEach
    void open() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/listen", exchange -> {
            requests.incrementAndGet();
            byte[] body = (status == 200 ? READY : "<html>Deploying").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("Location", "/sign-in");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
    }

    @AfterEach
    void close() {
        proxy.stop(0);
    }

    private CommandSession listen() {
        return listen("http://127.0.0.1:1/hook");
    }

    private CommandSession listen(String target) {
        return new CommandSession(
                client,
                Map.of("BELLHOP_LISTEN_TOKEN", "listen-token-c2a61f90d7"),
                "listen",
                "--forward-to",
                target,
                "--from",
                "http://127.0.0.1:" + proxy.getAddress().getPort());
    }

    private void answer(int code, String type) {
        contentType = type;
        status = code;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | text/html            | rejects the token. Set BELLHOP_LISTEN_TOKEN here",
                "403 | text/html            | rejects the token. Set BELLHOP_LISTEN_TOKEN here",
                "404 | text/html            | does not offer a feed. Set BELLHOP_LISTEN_TOKEN for bellhop serve there",
                "400 | text/html            | does not understand the request. Is it an older version?",
                "302 | text/html            | redirects, and bellhop listen does not send the token to another"
                        + " address. Pass the final address",
                "200 | text/html            | is not bellhop serve. Pass the address of its operator's port (8788)",
            })
    void endsOnlyBeforeTheFirstConnection(int code, String type, String problem) {
        answer(code, type);
        try (CommandSession first = listen()) {
            assertThat(first.exitCode()).isEqualTo(2);
            assertThat(first.err())
                    .contains("The server at 127.0.0.1 " + problem)
                    .doesNotContain("..", "?.");
            assertThat(first.out()).isEmpty();
        }
        answer(200, "application/x-ndjson");
        try (CommandSession session = listen().connected()) {
            answer(code, type);
            session.await("the fix is reported", () -> session.err().contains("it " + problem));
            int before = requests.get();
            session.await("it has retried", () -> requests.get() > before + 1);
            assertThat(session.err()).containsOnlyOnce("it " + problem).doesNotContain("..", "?.");
            answer(200, "application/x-ndjson");
            session.await("it is reconnected", () -> session.err().contains("Reconnected"));
            assertThat(session.end()).isZero();
        }
    }

    @Test
    void printsTheTargetWithoutPossibleSecrets() {
        try (CommandSession session = listen("http://bob:hunter2@127.0.0.1:1/hook?token=s3cr3tvalue#x")
                .connected()) {
            assertThat(session.end()).isZero();
            assertThat(session.err()).contains(" to http://127.0.0.1:1/hook. Verify them");
            assertThat(session.err() + session.out()).doesNotContain("bob", "hunter2", "token=", "s3cr3tvalue");
        }
    }

    @Test
    void reportsEachProblemThatTheUserCanFix() {
        try (CommandSession session = listen().connected()) {
            answer(404, "text/html");
            session.await("the first is reported", () -> session.err().contains("does not offer a feed"));
            answer(401, "text/html");
            session.await("the second is reported", () -> session.err().contains("rejects the token"));
            assertThat(session.end()).isZero();
            assertThat(session.out()).contains("0 messages forwarded");
        }
    }
}
