package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.ClerkWebhooks;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.MarkedPayload;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.RunningProgram;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests {@code bellhop listen} against a running {@code bellhop serve}. */
@Timeout(300)
class ListenTest {
    private static final String TOKEN = "listen-token-c2a61f90d7";
    private static final JsonMapper JSON = new JsonMapper();

    /** The port of the server that is shared by all tests without special settings. */
    private static int sharedPort;

    private static ProgramProcess shared;

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
    private final Map<String, String> here = new LinkedHashMap<>(Map.of("BELLHOP_LISTEN_TOKEN", TOKEN));
    private int consolePort = sharedPort;

    @TempDir
    Path folder;

    @TempDir
    Path client;

    @BeforeAll
    static void serve(@TempDir Path shared) {
        sharedPort = ProgramProcess.freePort();
        ListenTest.shared = ProgramProcess.serve(shared, environment(sharedPort));
    }

    @AfterAll
    static void end() {
        assertThat(shared.isAlive()).isTrue();
        shared.close();
    }

    private static Map<String, String> environment(int port) {
        Map<String, String> environment = new LinkedHashMap<>(ProgramProcess.environment(TestDatabase.SQLITE.fresh()));
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(port));
        environment.put("BELLHOP_LISTEN_TOKEN", TOKEN);
        return environment;
    }

    /** Returns the variables of a server that only one test uses. */
    private Map<String, String> ownEnvironment() {
        consolePort = ProgramProcess.freePort();
        return environment(consolePort);
    }

    private OutgoingMessage message(String type) {
        return OutgoingMessage.of(fixtures.messageId(), fixtures.event(type));
    }

    private CommandSession listen(Receiver app, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("listen", "--forward-to", app.url(), "--from", "http://127.0.0.1:" + consolePort));
        arguments.addAll(List.of(more));
        return new CommandSession(client, here, arguments.toArray(String[]::new));
    }

    private static List<String> ids(Receiver app) {
        return app.deliveries().stream()
                .map(delivery -> delivery.header("svix-id"))
                .toList();
    }

    private String send(RunningProgram program, String type) {
        OutgoingMessage message = message(type);
        assertThat(program.send(message).status()).isEqualTo(200);
        return message.messageId();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void forwardsNewMessagesThatMatchTheFilter(TestDatabase kind) throws Exception {
        Map<String, String> environment = ownEnvironment();
        environment.putAll(ProgramProcess.environment(kind.fresh()));
        try (ServerInside program = ServerInside.serve(folder, environment);
                Receiver app = new Receiver(200, "")) {
            String before = send(program, "user.created");
            try (CommandSession session =
                    listen(app, "--events", "user.*,session.created").connected()) {
                List<String> expected = new ArrayList<>();
                for (String type :
                        List.of("user.created", "session.ended", "session.created", "organization.created")) {
                    String id = send(program, type);
                    if (type.startsWith("user.") || type.equals("session.created")) {
                        expected.add(id);
                    }
                }
                expected.add(send(program, "user.updated"));
                // The messages belong to several entities, so they can arrive in any order.
                session.await("all have arrived", () -> ids(app).containsAll(expected));
                assertThat(ids(app))
                        .containsExactlyInAnyOrderElementsOf(expected)
                        .doesNotContain(before);
                assertThat(session.end()).isZero();
                assertThat(session.out()).contains("3 messages forwarded: 3 delivered, 0 failed");
                assertThat(session.out().lines())
                        .allMatch(line -> line.length() <= 80)
                        .anyMatch(
                                line -> line.matches("\\d\\d:\\d\\d:\\d\\d  user\\.created  user_\\w+  200  \\d+ ms"));
            }
            Run secret = Run.of(client, Map.of(), "listen", "--print-secret");
            for (Receiver.Delivery delivery : app.deliveries()) {
                assertThat(ClerkWebhooks.withSecrets(secret.out().strip())
                                .verify(delivery.headers(), delivery.body())
                                .orThrow())
                        .isNotNull();
            }
            assertThat(Files.getPosixFilePermissions(client.resolve("data/listen-secret")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    @SameOnEveryJdk
    void startsAtTheGivenTime() throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        Map<String, String> environment = ownEnvironment();
        environment.putAll(ProgramProcess.environment(settings));
        try (ServerInside program = ServerInside.serve(folder, environment);
                Receiver app = new Receiver(200, "")) {
            String old = send(program, "user.created");
            String cleared = send(program, "session.created");
            String recent = send(program, "user.created");
            Rows.execute(
                    Databases.unpooled(settings),
                    "update bellhop_inbox set received_at = received_at - 10000000 where message_id = '" + old + "'");
            Rows.execute(
                    Databases.unpooled(settings),
                    "update bellhop_inbox set payload = null where message_id = '" + cleared + "'");
            try (CommandSession session = listen(app, "--since", "2h")) {
                session.await("the recent message has arrived", () -> ids(app).contains(recent));
                session.await(
                        "the message without a payload is reported",
                        () -> session.out().contains("expired"));
                assertThat(ids(app)).containsExactly(recent);
                assertThat(session.end()).isZero();
                assertThat(session.out()).contains("1 not forwarded because their payloads were removed");
            }
            try (CommandSession session = listen(app, "--since", "1d")) {
                session.await("the old message has arrived", () -> ids(app).contains(old));
                assertThat(session.end()).isZero();
            }
        }
    }

    @Test
    void continuesAfterARestartOfTheServer() throws Exception {
        Map<String, String> environment = ownEnvironment();
        List<String> expected = new ArrayList<>();
        try (Receiver app = new Receiver(200, "")) {
            CommandSession session;
            try (ServerInside program = ServerInside.serve(folder, environment)) {
                session = listen(app).connected();
                expected.add(send(program, "user.created"));
                session.await("the first message has arrived", () -> ids(app).containsAll(expected));
            }
            session.await("the retry is reported", () -> session.err().contains("Retrying"));
            // The server accepts the first of these messages before the client has reconnected.
            try (session;
                    ServerInside program = ServerInside.serve(folder, environment)) {
                expected.add(send(program, "user.created"));
                session.await("it is reconnected", () -> session.err().contains("Reconnected"));
                expected.add(send(program, "user.updated"));
                session.await("all have arrived", () -> ids(app).containsAll(expected));
                assertThat(ids(app)).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(session.end()).isZero();
                assertThat(session.err()).containsOnlyOnce("Retrying");
            }
        }
    }

    @Test
    @SameOnEveryJdk
    void continuesAfterTheServerTemporarilyHadAnotherToken() {
        Map<String, String> environment = ownEnvironment();
        Map<String, String> other = new LinkedHashMap<>(environment);
        other.put("BELLHOP_LISTEN_TOKEN", "another-token-9b1d4477e2");
        try (Receiver app = new Receiver(200, "")) {
            CommandSession session;
            try (ServerInside program = ServerInside.serve(folder, environment)) {
                session = listen(app).connected();
                assertThat(program.isAlive()).isTrue();
            }
            String missed;
            try (ServerInside program = ServerInside.serve(folder, other)) {
                missed = send(program, "user.created");
                session.await(
                        "the fix is reported",
                        () -> session.err()
                                .contains("rejects the token. Set BELLHOP_LISTEN_TOKEN here to the server's value."));
            }
            try (session;
                    ServerInside program = ServerInside.serve(folder, environment)) {
                session.await("it is reconnected", () -> session.err().contains("Reconnected"));
                session.await("the missed message has arrived", () -> ids(app).contains(missed));
                assertThat(session.end()).isZero();
                assertThat(program.isAlive()).isTrue();
            }
        }
    }

    @Test
    @SameOnEveryJdk
    void isRejectedWithoutTheToken() throws Exception {
        try (Receiver app = new Receiver(200, "")) {
            here.put("BELLHOP_LISTEN_TOKEN", TOKEN + "x");
            try (CommandSession session = listen(app)) {
                assertThat(session.exitCode()).isEqualTo(2);
                assertThat(session.err())
                        .contains("rejects the token. Set BELLHOP_LISTEN_TOKEN here")
                        .doesNotContain(TOKEN);
            }
            here.put("BELLHOP_LISTEN_TOKEN", TOKEN);
            try (CommandSession session = listen(app).connected()) {
                assertThat(session.end()).isZero();
            }
            URI feed = URI.create("http://127.0.0.1:" + consolePort + "/listen");
            assertThat(Http.get(feed).statusCode()).isEqualTo(401);
            assertThat(Http.get(URI.create(feed + "?token=" + TOKEN)).statusCode())
                    .isEqualTo(401);
            assertThat(shared.output())
                    .contains(
                            "Listener from 127.0.0.1 connected: events all",
                            "Operator's port: a password or token from 127.0.0.1 was wrong")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    @SameOnEveryJdk
    void limitsListenersAndDetectsLostOnesByHeartbeats() throws Exception {
        try (ProgramProcess program = ProgramProcess.serve(folder, ownEnvironment())) {
            List<InputStream> open = new ArrayList<>();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consolePort + "/listen"))
                    .header("Authorization", "Bearer " + TOKEN)
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 8; i++) {
                HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                open.add(response.body());
            }
            HttpResponse<String> refused = http.send(request, BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("too-many-listeners");
            BufferedReader lines = new BufferedReader(new InputStreamReader(open.get(0), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).contains("\"ready\"");
            // No message is sent, so only a failing heartbeat shows the server that this listener is gone.
            open.get(7).close();
            assertThat(lines.readLine()).contains("\"heartbeat\"");
            program.await("the end is logged", () -> program.output().contains("ended after 0 messages"));
            assertThat(lines.readLine()).contains("\"heartbeat\"");
            program.terminate();
            assertThat(lines.readLine()).contains("\"end\"");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    @SameOnEveryJdk
    void isOffUnlessConfigured() {
        Map<String, String> environment = ownEnvironment();
        environment.remove("BELLHOP_LISTEN_TOKEN");
        environment.put("BELLHOP_CONSOLE_PASSWORD", "with-a-password-too");
        try (ServerInside program = ServerInside.serve(folder, environment);
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app)) {
            assertThat(session.exitCode()).isEqualTo(2);
            assertThat(session.err()).contains("does not offer a feed. Set BELLHOP_LISTEN_TOKEN");
            URI feed = URI.create("http://127.0.0.1:" + consolePort + "/listen");
            assertThat(Http.get(feed, "Authorization", "Bearer ").statusCode()).isEqualTo(404);
            assertThat(program.isAlive()).isTrue();
        }
    }

    private byte[] forwarded(String type, boolean privateFields) {
        Map<String, String> environment = ownEnvironment();
        environment.put("BELLHOP_LISTEN_PRIVATE_FIELDS", Boolean.toString(privateFields));
        Fixture fixture = fixtures.event(type);
        byte[] payload = MarkedPayload.of(fixture.payload());
        OutgoingMessage message = new OutgoingMessage(fixtures.messageId(), type, fixture.entityId(), payload);
        try (ProgramProcess program = ProgramProcess.serve(folder, environment);
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app).connected()) {
            assertThat(program.send(message).status()).isEqualTo(200);
            session.await("the message has arrived", () -> !app.deliveries().isEmpty());
            assertThat(program.output()).doesNotContain(MarkedPayload.MARKER);
            byte[] body = app.deliveries().get(0).body();
            assertThat(session.end()).isZero();
            assertThat(new String(payload, StandardCharsets.UTF_8)).contains("private_metadata");
            return privateFields && new String(body, StandardCharsets.UTF_8).equals(message.text()) ? payload : body;
        }
    }

    @Test
    @SameOnEveryJdk
    void withholdsPrivateFieldsUnlessAllowed() {
        String text = new String(forwarded("user.created", false), StandardCharsets.UTF_8);
        assertThat(text).contains("public_metadata", "unsafe_metadata").doesNotContain("private_metadata");
        assertThat(new String(forwarded("user.created", true), StandardCharsets.UTF_8))
                .contains("private_metadata");
    }

    @Test
    @SameOnEveryJdk
    void printsLinesThatCanBeVerified() throws Exception {
        try (Receiver app = new Receiver(500, "{\"reason\":\"no-luck\"}");
                CommandSession session =
                        listen(app, "--json", "--secret", Run.SECRET).connected()) {
            String id = send(shared, "user.created");
            session.await("the message is printed", () -> session.out().contains("\n"));
            JsonNode line = JSON.readTree(session.out());
            assertThat(line.path("message_id").stringValue()).isEqualTo(id);
            assertThat(line.path("type").stringValue()).isEqualTo("user.created");
            assertThat(line.path("status").intValue()).isEqualTo(500);
            assertThat(line.path("state").stringValue()).isEqualTo("mirrored");
            assertThat(line.path("latency_ms").isNumber()).isTrue();
            Map<String, List<String>> headers = new LinkedHashMap<>();
            line.path("headers").forEachEntry((name, value) -> headers.put(name, List.of(value.stringValue())));
            byte[] body = Base64.getDecoder().decode(line.path("body_base64").stringValue());
            assertThat(ClerkWebhooks.withSecrets(Run.SECRET)
                            .verify(headers, body)
                            .orThrow())
                    .isNotNull();
            assertThat(body).isEqualTo(app.deliveries().get(0).body());
            Path capture = Files.writeString(client.resolve("deliveries.ndjson"), session.out());
            Run verified = Run.of(client, Map.of(), "verify", capture.toString(), "--secret", Run.SECRET);
            assertThat(verified.exitCode()).as(verified.err()).isZero();
            assertThat(session.end()).isZero();
            assertThat(session.out().lines()).hasSize(1);
            assertThat(session.err()).contains("1 message forwarded: 0 delivered, 1 failed", "1 x 500");
        }
    }

    @Test
    void exitsGracefullyWhenTheProcessIsTerminated() {
        try (Receiver app = new Receiver(200, "");
                ProgramProcess listen = ProgramProcess.start(
                        client,
                        Map.of("BELLHOP_LISTEN_TOKEN", TOKEN),
                        List.of(),
                        "listen",
                        "--forward-to",
                        app.url(),
                        "--from",
                        "http://127.0.0.1:" + consolePort)) {
            listen.await("it is connected", () -> listen.output().contains("Connected to"));
            send(shared, "user.created");
            listen.await("the message has arrived", () -> listen.output().contains(" 200 "));
            listen.terminate();
            assertThat(listen.exitCode()).isZero();
            assertThat(listen.output())
                    .containsOnlyOnce("1 message forwarded: 1 delivered, 0 failed")
                    .doesNotContain(TOKEN, "\u001b");
        }
    }
}
