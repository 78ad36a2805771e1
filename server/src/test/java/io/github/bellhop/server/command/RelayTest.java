package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.MarkedPayload;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests {@code bellhop listen --relay} and the relay of {@code bellhop serve} with each other and with official
 * clients.
 */
@Timeout(300)
class RelayTest {
    private static final String TOKEN = "listen-token-c2a61f90d7";
    private static final JsonMapper JSON = new JsonMapper();

    /** The port of a server with an open relay. Each test uses a token of its own. */
    private static int openPort;

    private static ProgramProcess open;

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
    private int consolePort = openPort;

    @TempDir
    Path folder;

    @TempDir
    Path client;

    @BeforeAll
    static void serve(@TempDir Path shared) {
        openPort = ProgramProcess.freePort();
        open = ProgramProcess.serve(shared, environment(openPort));
    }

    @AfterAll
    static void end() {
        assertThat(open.isAlive()).isTrue();
        open.close();
    }

    private static Map<String, String> environment(int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.putAll(ProgramProcess.environment(TestDatabase.SQLITE.fresh()));
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(port));
        environment.put("BELLHOP_LISTEN_RELAY", "open");
        environment.put("BELLHOP_CONSOLE_PASSWORD", "the-console-has-one");
        return environment;
    }

    /** Returns the variables of a server that only one test uses. */
    private Map<String, String> ownEnvironment() {
        consolePort = ProgramProcess.freePort();
        return environment(consolePort);
    }

    private String tokenFile() {
        return "data/relay-token-127.0.0.1+" + consolePort;
    }

    private String relay() {
        return "ws://127.0.0.1:" + consolePort + "/api/v1/listen/";
    }

    private CommandSession listen(Receiver app, Map<String, String> variables) {
        return new CommandSession(client, variables, "listen", "--forward-to", app.url(), "--relay", relay());
    }

    private static URI address(CommandSession session) {
        Matcher matcher = Pattern.compile("http://\\S+/in/c_[0-9A-Za-z]{10}/").matcher(session.err());
        assertThat(matcher.find()).as(session.err()).isTrue();
        return URI.create(matcher.group());
    }

    private static WireAnswer post(URI address, OutgoingMessage message) throws InterruptedException {
        return new EventSender(address, MessageSigner.with(SigningSecret.parse(Run.SECRET)), InstantSource.system())
                .send(message);
    }

    private String reason(URI address) {
        try {
            return String.valueOf(post(address, marked()).reason());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private OutgoingMessage marked() {
        Fixture fixture = fixtures.event("user.created");
        byte[] payload = MarkedPayload.of(fixture.payload());
        return new OutgoingMessage(fixtures.messageId(), "user.created", fixture.entityId(), payload);
    }

    @Test
    void carriesDeliveriesAndAnswersByteForByte() throws Exception {
        try (Receiver app = new Receiver(418, "{\"reason\":\"teapot\"}")) {
            URI first;
            try (CommandSession session = listen(app, Map.of())) {
                session.await("its address is printed", () -> session.err().contains("/in/c_"));
                first = address(session);
                OutgoingMessage message = marked();
                WireAnswer result = post(first, message);
                assertThat(result.status()).isEqualTo(418);
                assertThat(result.reason()).isEqualTo("teapot");
                Receiver.Delivery delivery = app.deliveries().get(0);
                assertThat(new String(delivery.body(), StandardCharsets.UTF_8)).isEqualTo(message.text());
                assertThat(delivery.header("svix-id")).isEqualTo(message.messageId());
                assertThat(delivery.header("svix-signature"))
                        .isEqualTo(MessageSigner.with(SigningSecret.parse(Run.SECRET))
                                .sign(
                                        message.messageId(),
                                        Long.parseLong(delivery.header("svix-timestamp")),
                                        delivery.body()));
                session.await("it is printed", () -> session.out().contains("user.created"));
                assertThat(session.end()).isZero();
            }
            // The relay releases the token only when it notices the end of the connection.
            open.await("the relay notices the end", () -> reason(first).equals("no-listener"));
            try (CommandSession again = listen(app, Map.of())) {
                again.await("its address is printed", () -> again.err().contains("/in/c_"));
                assertThat(address(again)).isEqualTo(first);
                assertThat(again.end()).isZero();
            }
            assertThat(Files.getPosixFilePermissions(client.resolve(tokenFile())))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(open.output())
                    .doesNotContain(MarkedPayload.MARKER, first.getPath().substring(4, 14));
        }
    }

    @Test
    void answers502IfTheAppIsDown() throws Exception {
        String nowhere;
        try (Receiver gone = new Receiver(200, "")) {
            nowhere = gone.url();
        }
        try (CommandSession session =
                new CommandSession(client, Map.of(), "listen", "--forward-to", nowhere, "--relay", relay())) {
            session.await("its address is printed", () -> session.err().contains("/in/c_"));
            assertThat(post(address(session), marked()).status()).isEqualTo(502);
            session.await("it is printed", () -> session.out().contains("connection-refused"));
            assertThat(session.out().replaceAll("\\s+", " ")).contains("Start the app");
            assertThat(session.end()).isZero();
            assertThat(session.out()).contains("1 x no answer: connection-refused");
        }
    }

    @Test
    @SameOnEveryJdk
    void isOffUnlessConfigured() throws Exception {
        Map<String, String> environment = ownEnvironment();
        environment.remove("BELLHOP_LISTEN_RELAY");
        try (ServerInside program = ServerInside.serve(folder, environment);
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app, Map.of())) {
            assertThat(session.exitCode()).isEqualTo(2);
            assertThat(session.err()).contains("there is no relay at this address. Set BELLHOP_LISTEN_RELAY=token");
            URI in = URI.create("http://127.0.0.1:" + consolePort + "/in/c_0123456789/");
            assertThat(post(in, marked()).status()).isEqualTo(404);
            assertThat(program.isAlive()).isTrue();
        }
    }

    @Test
    @SameOnEveryJdk
    void requiresTheTokenIfConfigured() {
        Map<String, String> environment = ownEnvironment();
        environment.put("BELLHOP_LISTEN_RELAY", "token");
        environment.put("BELLHOP_LISTEN_TOKEN", TOKEN);
        try (ProgramProcess program = ProgramProcess.serve(folder, environment);
                Receiver app = new Receiver(200, "")) {
            try (CommandSession session = listen(app, Map.of("BELLHOP_LISTEN_TOKEN", TOKEN + "x"))) {
                assertThat(session.exitCode()).isEqualTo(2);
                assertThat(session.err()).contains("Set BELLHOP_LISTEN_TOKEN").doesNotContain(TOKEN);
            }
            try (CommandSession session = listen(app, Map.of("BELLHOP_LISTEN_TOKEN", TOKEN))) {
                session.await("its address is printed", () -> session.err().contains("/in/c_"));
                assertThat(session.end()).isZero();
            }
            assertThat(program.output())
                    .contains("Operator's port: a password or token from 127.0.0.1 was wrong; 1 rejected so far")
                    .doesNotContain(TOKEN);
            assertThat(Http.status(URI.create("http://127.0.0.1:" + consolePort + "/api/v1/listen/")))
                    .isEqualTo(401);
        }
    }

    /** A client that sends and receives exactly the same frames as the official command-line tools. */
    private static final class OfficialClient implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;
        private volatile boolean silent;
        private volatile boolean pinged;

        OfficialClient(String url) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(url), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            if (!silent) {
                from.request(1);
            }
            return null;
        }

        /** The HTTP client answers pings itself, as long as it is asked for frames. */
        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            pinged = true;
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status + " " + reason);
            return null;
        }

        String next() throws InterruptedException {
            return String.valueOf(received.poll(120, TimeUnit.SECONDS));
        }
    }

    private static String start(String token) {
        return "{\"type\":\"start\",\"version\":1,\"data\":{\"token\":\"" + token + "\"}}";
    }

    @Test
    @SameOnEveryJdk
    void understandsTheOfficialClients() throws Exception {
        String token = "c_Ab3dE6gH9j";
        OfficialClient official = new OfficialClient(relay());
        official.socket.sendText(start(token), true).join();
        assertThat(JSON.readTree(official.next())).isEqualTo(JSON.readTree(start(token)));

        OfficialClient second = new OfficialClient(relay());
        second.socket.sendText(start(token), true).join();
        assertThat(second.closed.get(120, TimeUnit.SECONDS)).isEqualTo("1008 This socket is already in use");

        OutgoingMessage message = marked();
        URI in = URI.create("http://127.0.0.1:" + consolePort + "/in/" + token + "/");
        CompletableFuture<WireAnswer> result = CompletableFuture.supplyAsync(() -> {
            try {
                return post(in, message);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        JsonNode event = JSON.readTree(official.next());
        assertThat(event.propertyNames()).containsExactlyInAnyOrder("type", "version", "data");
        assertThat(event.path("type").stringValue()).isEqualTo("event");
        assertThat(event.path("version").intValue()).isEqualTo(1);
        JsonNode data = event.path("data");
        assertThat(data.propertyNames()).containsExactlyInAnyOrder("id", "method", "headers", "body");
        assertThat(data.path("method").stringValue()).isEqualTo("POST");
        assertThat(data.path("headers").path("svix-id").stringValue()).isEqualTo(message.messageId());
        assertThat(new String(Base64.getDecoder().decode(data.path("body").stringValue()), StandardCharsets.UTF_8))
                .isEqualTo(message.text());

        // The official Rust client answers with a binary frame that contains headers of another connection.
        String reply = "{\"type\":\"event\",\"version\":1,\"data\":{\"id\":\""
                + data.path("id").stringValue() + "\",\"status\":201,\"headers\":{\"x-app\":\"1\","
                + "\"transfer-encoding\":\"chunked\",\"content-length\":\"9\"},\"body\":\"b2s=\"}}";
        official.socket
                .sendBinary(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)), true)
                .join();
        assertThat(result.get(120, TimeUnit.SECONDS).status()).isEqualTo(201);
        assertThat(result.get().text()).isEqualTo("ok");
    }

    /** A listener controls the answer, and a browser would treat it as content from the console's origin. */
    @Test
    @SameOnEveryJdk
    void preventsAnswersFromBeingRenderedAsPages() throws Exception {
        String token = "c_Bb3dE6gH9j";
        OfficialClient official = new OfficialClient(relay());
        official.socket.sendText(start(token), true).join();
        assertThat(official.next()).contains(token);
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consolePort + "/in/" + token + "/"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String id = JSON.readTree(official.next()).path("data").path("id").stringValue();
        official.socket
                .sendText(
                        "{\"type\":\"event\",\"version\":1,\"data\":{\"id\":\"" + id
                                + "\",\"status\":429,\"headers\":{\"content-type\":\"text/html\",\"retry-after\":\"7\","
                                + "\"set-cookie\":\"a=b\"},\"body\":\"PGI+\"}}",
                        true)
                .join();
        HttpResponse<String> response = answer.get(120, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("<b>");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    /** Otherwise, a client that reconnects after a lost connection would find its address still in use. */
    @Test
    @SameOnEveryJdk
    void dropsClientsThatDoNotAnswerPings() throws Exception {
        String token = "c_Ab3dE6gH9j";
        String living = "c_0b3dE6gH9j";
        try (ProgramProcess program = ProgramProcess.serve(folder, ownEnvironment())) {
            OfficialClient alive = new OfficialClient(relay());
            alive.socket.sendText(start(living), true).join();
            assertThat(alive.next()).contains(living);
            OfficialClient dead = new OfficialClient(relay());
            dead.silent = true;
            dead.socket.sendText(start(token), true).join();
            assertThat(dead.next()).contains(token);

            program.await("the listeners are pinged", () -> alive.pinged);
            program.await(
                    "the silent listener is dropped",
                    () -> program.output().contains("Relay listener from 127.0.0.1 ended"));
            OfficialClient back = new OfficialClient(relay());
            back.socket.sendText(start(token), true).join();
            assertThat(back.next()).contains(token);
            OfficialClient third = new OfficialClient(relay());
            third.socket.sendText(start(living), true).join();
            assertThat(third.closed.get(120, TimeUnit.SECONDS)).startsWith("1008");
        }
    }

    @Test
    @SameOnEveryJdk
    void usesAnotherTokenIfItsOwnIsInUse() throws Exception {
        String token = "c_Db3dE6gH9j";
        Files.createDirectories(client.resolve("data"));
        Files.writeString(client.resolve(tokenFile()), token + "\n");
        try (Receiver app = new Receiver(200, "")) {
            OfficialClient official = new OfficialClient(relay());
            official.socket.sendText(start(token), true).join();
            assertThat(official.next()).contains(token);
            try (CommandSession session = listen(app, Map.of())) {
                session.await("its address is printed", () -> session.err().contains("/in/c_"));
                assertThat(address(session).toString()).doesNotContain(token);
                assertThat(session.err()).contains("another client uses its token, so a new token is used");
                assertThat(session.end()).isZero();
            }
        }
    }
}
