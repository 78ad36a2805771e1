package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.bellhop.signature.DeliveryHeaders;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.testing.ManualClock;
import io.github.bellhop.simulator.testing.SvixServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Follows the steps of Clerk's guide, all over HTTP: add an endpoint, subscribe, copy the secret, send a test event,
 * look at the attempts, fix the error, and replay.
 *
 * @see <a href="https://clerk.com/docs/guides/development/webhooks/syncing">Clerk: syncing with webhooks</a>
 */
class GuideWalkTest {
    private static final String APP = "/api/v1/app/guide";
    private static final String STRANGE =
            "whsec_" + Base64.getEncoder().encodeToString("the secret of a stranger".getBytes(StandardCharsets.UTF_8));
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SvixServer server = SvixServer.standing(SvixSettings.of(clock, new SplittableRandom(2)));
    private final ApiClient api = new ApiClient(server.url(), "testsk_simulator");
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final HttpServer receiver;
    private volatile String receiversSecret = STRANGE;

    GuideWalkTest() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        receiver.createContext("/api/webhooks", this::receive);
        receiver.start();
        api.post("/api/v1/app", "{\"name\":\"Guide\",\"uid\":\"guide\"}");
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        server.close();
    }

    @Test
    void completesTheGuide() throws Exception {
        String url = "http://localhost:" + receiver.getAddress().getPort() + "/api/webhooks";
        String endpoint = api.post(
                        APP + "/endpoint",
                        "{\"url\":\"" + url + "\",\"eventTypes\":[\"user.created\",\"user.updated\"]}")
                .text("/id");
        receiversSecret = api.get(APP + "/endpoint/" + endpoint + "/secret").text("/key");

        String test = api.post(APP + "/endpoint/" + endpoint + "/send-example", "{\"eventType\":\"user.created\"}")
                .text("/id");
        deliver();
        assertThat(received).containsExactly("user.created " + test);
        assertThat(attempts(endpoint)).singleElement().satisfies(attempt -> {
            assertThat(attempt.path("responseStatusCode").intValue()).isEqualTo(200);
            assertThat(attempt.path("msgId").stringValue()).isEqualTo(test);
        });

        api.post(APP + "/msg", "{\"eventType\":\"user.deleted\",\"payload\":{\"type\":\"user.deleted\"}}");
        deliver();
        assertThat(received).hasSize(1);
        assertThat(attempts(endpoint)).hasSize(1);

        String copied = receiversSecret;
        receiversSecret = STRANGE;
        String broken = api.post(
                        APP + "/msg", "{\"eventType\":\"user.updated\",\"payload\":{\"type\":\"user.updated\"}}")
                .text("/id");
        deliver();
        assertThat(received).hasSize(1);
        assertThat(attempts(endpoint).get(0).path("responseStatusCode").intValue())
                .isEqualTo(400);
        JsonNode standing =
                api.get(APP + "/endpoint/" + endpoint + "/msg").body().at("/data/0");
        assertThat(standing.path("id").stringValue()).isEqualTo(broken);
        assertThat(standing.path("statusText").stringValue()).isEqualTo("pending");
        Instant retry = Instant.parse(standing.path("nextAttempt").stringValue());
        assertThat(Duration.between(clock.instant(), retry)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        clock.set(retry);
        deliver();
        assertThat(attempts(endpoint)).hasSize(3);

        receiversSecret = copied;
        assertThat(api.post(APP + "/msg/" + broken + "/endpoint/" + endpoint + "/resend", "")
                        .body())
                .hasToString("{}");
        deliver();
        assertThat(received).containsExactly("user.created " + test, "user.updated " + broken);
        JsonNode replay = attempts(endpoint).get(0);
        assertThat(replay.path("responseStatusCode").intValue()).isEqualTo(200);
        assertThat(replay.path("triggerType").intValue()).isEqualTo(1);
        assertThat(api.get(APP + "/endpoint/" + endpoint + "/msg").text("/data/0/statusText"))
                .isEqualTo("success");
        assertThat(server.service().nextDue()).isNull();
    }

    private void deliver() throws InterruptedException {
        assertThat(server.service().awaitIdle(SOON)).isTrue();
    }

    private List<JsonNode> attempts(String endpoint) {
        return List.copyOf(api.get(APP + "/attempt/endpoint/" + endpoint)
                .body()
                .path("data")
                .values());
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        SignatureVerifier verifier = SignatureVerifier.of(
                List.of(SigningSecret.parse(receiversSecret)), clock, SignatureVerifier.DEFAULT_TOLERANCE);
        int status = verifier.verify(DeliveryHeaders.of(exchange.getRequestHeaders()), body)
                .fold(
                        verified -> {
                            String type = ApiJson.read(body).path("type").stringValue();
                            received.add(type + " " + verified.messageId());
                            return 200;
                        },
                        rejected -> 400);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
