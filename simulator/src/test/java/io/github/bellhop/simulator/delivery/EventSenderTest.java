package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSenderTest {
    private static final byte[] KEY = "twenty-four secret bytes".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.900Z");

    private final OutgoingMessage message = OutgoingMessage.of(
            "msg_1",
            Fixtures.of(InstantSource.fixed(NOW), new SplittableRandom(1)).event("user.created"));

    @Test
    void sendsTheSameRequestAsSvix() throws Exception {
        try (Endpoint endpoint = new Endpoint(200, "{}")) {
            WireAnswer result = sender(endpoint.uri("/hook?x=1")).send(message);
            assertThat(result.delivered()).isTrue();
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.reason()).isNull();
            assertThat(message.entityId()).startsWith("user_");
            assertThat(result.latency()).isPositive().isLessThan(Duration.ofSeconds(15));
            assertThat(endpoint.requests()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.path()).isEqualTo("/hook?x=1");
                assertThat(request.header("content-type")).isEqualTo("application/json");
                assertThat(request.header("accept")).isEqualTo("*/*");
                assertThat(request.header("user-agent"))
                        .isEqualTo("Svix-Webhooks/1.84.0 (sender-9YMgn; +https://www.svix.com/http-sender/)");
                assertThat(request.header("svix-id")).isEqualTo("msg_1");
                assertThat(request.header("svix-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
                assertThat(request.header("svix-signature"))
                        .isEqualTo("v1," + hmac("msg_1." + NOW.getEpochSecond() + "." + request.body()));
                assertThat(request.body()).contains("\"type\":\"user.created\"");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 299})
    void countsEvery2xxAsDelivered(int status) throws Exception {
        try (Endpoint endpoint = new Endpoint(status, "")) {
            assertThat(sender(endpoint.uri("/")).send(message).delivered()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void doesNotFollowRedirects(int status) throws Exception {
        try (Endpoint target = new Endpoint(200, "");
                Endpoint endpoint =
                        new Endpoint(status, "", "location", target.uri("/").toString())) {
            WireAnswer result = sender(endpoint.uri("/")).send(message);
            assertThat(result.status()).isEqualTo(status);
            assertThat(result.delivered()).isFalse();
            assertThat(target.requests()).isEmpty();
        }
    }

    @Test
    void readsTheReasonFromProblemDetails() throws Exception {
        String problem = "{\"status\":400,\"reason\":\"no-matching-signature\"}";
        try (Endpoint endpoint = new Endpoint(400, problem, "content-type", "application/problem+json")) {
            WireAnswer result = sender(endpoint.uri("/")).send(message);
            assertThat(result.status()).isEqualTo(400);
            assertThat(result.reason()).isEqualTo("no-matching-signature");
            assertThat(result.text()).isEqualTo(problem);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Not Found", "{\"reason\":", "{\"reason\":5}", "[]", "{}", ""})
    void findsNoReasonInOtherAnswers(String answer) throws Exception {
        try (Endpoint endpoint = new Endpoint(404, answer)) {
            WireAnswer result = sender(endpoint.uri("/")).send(message);
            assertThat(result.reason()).isNull();
            assertThat(result.text()).isEqualTo(answer);
        }
    }

    @Test
    void keepsTheBeginningOfALongAnswer() throws Exception {
        try (Endpoint endpoint = new Endpoint(500, "x".repeat(300_000))) {
            assertThat(sender(endpoint.uri("/")).send(message).text()).hasSize(ResponseReader.KEPT_BYTES);
        }
    }

    @Test
    void reportsRefusedConnection() throws Exception {
        URI gone;
        try (Endpoint endpoint = new Endpoint(200, "")) {
            gone = endpoint.uri("/");
        }
        WireAnswer result = sender(gone).send(message);
        assertThat(result.status()).isZero();
        assertThat(result.reason()).isEqualTo(WireAnswer.CONNECTION_REFUSED);
        assertThat(result.delivered()).isFalse();
    }

    @Test
    void reportsUnknownHost() throws Exception {
        WireAnswer result = sender(URI.create("http://nowhere.invalid:8787/")).send(message);
        assertThat(result.reason()).isEqualTo(WireAnswer.UNKNOWN_HOST);
    }

    @Test
    void timesOutIfNoAnswerArrives() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            EventSender sender = new EventSender(
                    endpoint,
                    MessageSigner.with(SigningSecret.ofKey(KEY)),
                    InstantSource.fixed(NOW),
                    Duration.ofMillis(100));
            WireAnswer result = sender.send(message);
            assertThat(result.status()).isZero();
            assertThat(result.reason()).isEqualTo(WireAnswer.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://localhost/", "/api/webhooks/clerk", "localhost:8787"})
    void rejectsUrlsThatAreNotHttp(String address) {
        assertThatThrownBy(() -> sender(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNoPayload() {
        assertThat(message.toString()).contains("msg_1", "user.created").doesNotContain("example.com");
    }

    private static EventSender sender(URI endpoint) {
        return new EventSender(endpoint, MessageSigner.with(SigningSecret.ofKey(KEY)), InstantSource.fixed(NOW));
    }

    private static String hmac(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
