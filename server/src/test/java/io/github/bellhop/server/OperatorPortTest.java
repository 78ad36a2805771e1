package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the operator's port of {@code bellhop serve}: access, metrics and temporary files. */
class OperatorPortTest {
    /** Longer than the longest password that some hash functions accept. */
    private static final String PASSWORD = "correct horse battery staple ".repeat(4);

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(5));
    private final int port = ProgramProcess.freePort();
    private final URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");

    @TempDir
    Path folder;

    private Map<String, String> environment(String password) {
        Map<String, String> environment = ProgramProcess.environment(TestDatabase.SQLITE.fresh());
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(port));
        environment.put("BELLHOP_CONSOLE_PASSWORD", password);
        return environment;
    }

    private ProgramProcess serve(String password) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        ProgramProcess program =
                ProgramProcess.start(folder, environment(password), List.of("-Djava.io.tmpdir=" + temporary), "serve");
        program.awaitReady();
        return program;
    }

    private static String basic(String password) {
        byte[] pair = ("bellhop:" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private List<Path> temporary() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
            return left.filter(path -> path.getFileName().toString().matches("bellhop.*|tomcat.*|sqlite.*"))
                    .toList();
        }
    }

    @Test
    @SameOnEveryJdk
    void limitsGuessesOfALongPassword() throws IOException {
        try (ProgramProcess program = serve(PASSWORD)) {
            assertThat(Http.get(metrics, "Authorization", basic(PASSWORD)).statusCode())
                    .isEqualTo(200);
            assertThat(Http.get(metrics).statusCode()).isEqualTo(401);
            for (int i = 0; i < 10; i++) {
                assertThat(Http.get(metrics, "Authorization", basic(PASSWORD.substring(1) + i))
                                .statusCode())
                        .isEqualTo(401);
            }
            var refused = Http.get(metrics, "Authorization", basic(PASSWORD));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
            assertThat(refused.body()).contains("too-many-guesses");
            assertThat(program.output()).contains("from 127.0.0.1 was wrong").doesNotContain(PASSWORD);
        }
    }

    @Test
    @SameOnEveryJdk
    void describesEveryMetricAndRejectsOtherHosts() throws IOException {
        try (ServerInside program = ServerInside.serve(folder, environment(""))) {
            assertThat(program.send(OutgoingMessage.of(fixtures.messageId(), fixtures.event("user.created")))
                            .status())
                    .isEqualTo(200);
            assertThat(Http.status(program.url("/elsewhere"))).isEqualTo(404);
            String text = Http.get(metrics).body();
            List<String> names = text.lines()
                    .filter(line -> line.startsWith("# TYPE bellhop_"))
                    .map(line -> line.split(" ")[2])
                    .toList();
            assertThat(names)
                    .contains("bellhop_deliveries_total", "bellhop_refusal_last_seconds", "bellhop_messages_total")
                    .allSatisfy(name -> assertThat(text).containsPattern("# HELP " + name + " \\S"));
            assertThat(text).contains("bellhop_allowlist_age_seconds NaN");
            assertThat(exchange("GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("wrong-host");
            assertThat(exchange("GET /metrics HTTP/1.1\r\nHost: LOCALHOST:8788\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(exchange("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json")
                    .doesNotContain("<html");
        }
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void leavesNoTemporaryFolders() throws IOException {
        try (ProgramProcess killed = serve("")) {
            killed.kill();
        }
        List<Path> left = temporary();
        assertThat(left).isNotEmpty();
        try (ProgramProcess program = serve("")) {
            assertThat(temporary()).isNotEmpty().doesNotContainAnyElementsOf(left);
            program.terminate();
            assertThat(program.exitCode()).isZero();
        }
        assertThat(temporary()).isEmpty();
    }
}
