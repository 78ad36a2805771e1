package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.fixture.Fixtures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests {@code bellhop listen --relay} with frames like those of Svix's relay. */
@Timeout(300)
class OfficialRelayTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());

    @TempDir
    Path client;

    private CommandSession listen(Receiver app, OfficialRelay relay, String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"listen", "--forward-to", app.url(), "--relay", relay.url()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return new CommandSession(client, Map.of(), arguments);
    }

    private static String start(OfficialRelay relay) throws Exception {
        JsonNode frame = JSON.readTree(relay.receive());
        assertThat(frame.propertyNames()).containsExactlyInAnyOrder("type", "version", "data");
        assertThat(frame.path("type").stringValue()).isEqualTo("start");
        assertThat(frame.path("version").intValue()).isEqualTo(1);
        String token = frame.path("data").path("token").stringValue();
        assertThat(token).matches("c_[0-9A-Za-z]{10}");
        relay.send("{\"type\":\"start\",\"version\":1,\"data\":{\"token\":\"" + token + "\"}}");
        return token;
    }

    private static String event(String id, byte[] body) {
        return "{\"type\":\"event\",\"version\":1,\"data\":{\"id\":\"" + id + "\",\"method\":\"POST\",\"headers\":"
                + "{\"Svix-Id\":\"msg_1\",\"svix-timestamp\":\"1700000000\",\"svix-signature\":\"v1,abc=\","
                + "\"content-type\":\"application/json\",\"host\":\"play.svix.com\",\"connection\":\"close\","
                + "\"content-length\":\"999999\",\"transfer-encoding\":\"chunked\",\"x-more\":\"kept\"},\"body\":\""
                + Base64.getEncoder().encodeToString(body) + "\"}}";
    }

    @Test
    void forwardsByteForByteAndAnswersInTheOfficialFormat() throws Exception {
        // The body is not valid UTF-8, so decoding would change its bytes.
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"type\":\"user.created\",\"x\":\"".getBytes(StandardCharsets.UTF_8));
        body.write(0xFF);
        body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        try (OfficialRelay relay = new OfficialRelay();
                Receiver app = new Receiver(202, "taken");
                CommandSession session = listen(app, relay)) {
            assertThat(relay.accept()).startsWith("GET /api/v1/listen/ ").doesNotContainIgnoringCase("authorization");
            String token = start(relay);
            relay.send(event("e1", body.toByteArray()));
            JsonNode reply = JSON.readTree(relay.receive());
            assertThat(reply.propertyNames()).containsExactlyInAnyOrder("type", "version", "data");
            JsonNode data = reply.path("data");
            assertThat(data.propertyNames()).containsExactlyInAnyOrder("id", "status", "headers", "body");
            assertThat(data.path("id").stringValue()).isEqualTo("e1");
            assertThat(data.path("status").intValue()).isEqualTo(202);
            assertThat(Base64.getDecoder().decode(data.path("body").stringValue()))
                    .isEqualTo("taken".getBytes(StandardCharsets.UTF_8));
            assertThat(data.path("headers").propertyNames())
                    .doesNotContain("content-length", "transfer-encoding", "connection")
                    .contains("date");
            Receiver.Delivery delivery = app.deliveries().get(0);
            assertThat(delivery.body()).isEqualTo(body.toByteArray());
            assertThat(delivery.header("svix-id")).isEqualTo("msg_1");
            assertThat(delivery.header("svix-signature")).isEqualTo("v1,abc=");
            assertThat(delivery.header("x-more")).isEqualTo("kept");
            assertThat(delivery.header("host")).isEqualTo("127.0.0.1:" + app.port());
            assertThat(session.err()).contains("/in/" + token + "/");
            assertThat(session.end()).isZero();
            assertThat(relay.receive()).isEqualTo("closed");
        }
    }

    @Test
    void readsFragmentedAndBinaryFramesAndAnswersPings() throws Exception {
        byte[] payload = fixtures.event("session.created").payload();
        byte[] frame = event("e1", payload).getBytes(StandardCharsets.UTF_8);
        try (OfficialRelay relay = new OfficialRelay();
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app, relay)) {
            relay.accept();
            String unused = start(relay);
            relay.send(false, OfficialRelay.TEXT, Arrays.copyOf(frame, 100));
            relay.send(true, OfficialRelay.PING, "there?".getBytes(StandardCharsets.UTF_8));
            assertThat(relay.receive()).isEqualTo("pong there?");
            relay.send(true, OfficialRelay.CONTINUATION, Arrays.copyOfRange(frame, 100, frame.length));
            assertThat(relay.receive()).contains("\"e1\"", "\"status\":200");
            relay.send(true, OfficialRelay.BINARY, event("e2", payload).getBytes(StandardCharsets.UTF_8));
            assertThat(relay.receive()).contains("\"e2\"");
            relay.send("not JSON");
            relay.send("{\"type\":\"news\",\"version\":2,\"data\":{}}");
            relay.send(event("e3", payload));
            assertThat(relay.receive()).contains("\"e3\"");
            assertThat(app.deliveries())
                    .hasSize(3)
                    .allMatch(delivery -> new String(delivery.body(), StandardCharsets.UTF_8)
                            .equals(new String(payload, StandardCharsets.UTF_8)));
            assertThat(session.end()).isZero();
        }
    }

    @Test
    void answersMessagesThatTheFilterExcludes() throws Exception {
        try (OfficialRelay relay = new OfficialRelay();
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app, relay, "--events", "user.*")) {
            relay.accept();
            String unused = start(relay);
            relay.send(event("e1", fixtures.event("session.created").payload()));
            assertThat(relay.receive()).contains("\"e1\"", "\"status\":200");
            relay.send(event("e2", fixtures.event("user.created").payload()));
            assertThat(relay.receive()).contains("\"e2\"");
            assertThat(app.deliveries()).hasSize(1);
            assertThat(session.end()).isZero();
        }
    }

    @Test
    void reconnectsWithANewTokenOnlyIfItsOwnIsInUse() throws Exception {
        try (OfficialRelay relay = new OfficialRelay();
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app, relay)) {
            relay.accept();
            String token = start(relay);
            session.await("its address is printed", () -> session.err().contains(token));
            relay.drop();
            relay.accept();
            assertThat(start(relay)).isEqualTo(token);
            session.await("it is reconnected", () -> session.err().contains("Reconnected"));
            relay.closeAsInUse();
            relay.accept();
            assertThat(start(relay)).isNotEqualTo(token);
            session.await("the change is reported", () -> session.err().contains("The address has changed."));
            assertThat(session.err()).contains("another client uses its token, so a new token is used");
            assertThat(session.end()).isZero();
        }
    }

    /** The relay notices a broken connection later than the client does. */
    @Test
    void keepsItsTokenWhileTheRelayHoldsTheBrokenConnection() throws Exception {
        try (OfficialRelay relay = new OfficialRelay();
                Receiver app = new Receiver(200, "");
                CommandSession session = listen(app, relay)) {
            relay.accept();
            String token = start(relay);
            session.await("its address is printed", () -> session.err().contains(token));
            relay.drop();
            for (int i = 0; i < 2; i++) {
                relay.accept();
                assertThat(relay.receive()).contains(token);
                relay.closeAsInUse();
            }
            relay.accept();
            assertThat(start(relay)).isEqualTo(token);
            session.await("it is reconnected", () -> session.err().contains("Reconnected"));
            assertThat(session.err()).containsOnlyOnce("/in/").doesNotContain("has changed", "a new token is used");
            assertThat(session.end()).isZero();
        }
    }
}
