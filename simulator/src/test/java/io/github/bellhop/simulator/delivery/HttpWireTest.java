package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpWireTest {
    private static final List<MessageSigner> SIGNERS = List.of(
            MessageSigner.with(SigningSecret.ofKey("twenty-four secret bytes".getBytes(StandardCharsets.UTF_8))));

    private final HttpWire wire = new HttpWire(TargetRule.loopback(List.of()));

    @Test
    void findsTheReceiverByHostName() {
        try (Endpoint endpoint = new Endpoint(202, "fine", "Retry-After", "7")) {
            URI url = URI.create("http://localhost:" + endpoint.uri("/").getPort() + "/a%20b?c=d");
            WireAnswer answer = wire.send(request(url, Map.of())).join();
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.delivered()).isTrue();
            assertThat(answer.text()).isEqualTo("fine");
            assertThat(answer.headers()).containsEntry("retry-after", "7");
            assertThat(endpoint.requests().element().path()).isEqualTo("/a%20b?c=d");
        }
    }

    @Test
    void sendsTheUserInTheUrlAsAHeader() {
        try (Endpoint endpoint = new Endpoint(200, "")) {
            String url = endpoint.uri("/hook").toString().replace("://", "://ann:s%40fe@");
            assertThat(wire.send(request(URI.create(url), Map.of())).join().status())
                    .isEqualTo(200);
            assertThat(endpoint.requests().element().header("authorization"))
                    .isEqualTo(
                            "Basic " + Base64.getEncoder().encodeToString("ann:s@fe".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void letsEndpointHeadersOverrideDefaults() {
        try (Endpoint endpoint = new Endpoint(200, "")) {
            wire.send(request(endpoint.uri("/"), Map.of("Accept", "text/plain", "X-Own", "mine")))
                    .join();
            Endpoint.Request got = endpoint.requests().element();
            assertThat(got.headers().get("accept")).containsExactly("text/plain");
            assertThat(got.header("x-own")).isEqualTo("mine");
        }
    }

    @Test
    void sendsNothingToOtherMachines() {
        WireAnswer answer =
                wire.send(request(URI.create("http://192.0.2.1/"), Map.of())).join();
        assertThat(answer.status()).isZero();
        assertThat(answer.error()).isEqualTo(WireAnswer.TARGET_NOT_ALLOWED);
    }

    @Test
    void timesOutIfTheAnswerDoesNotEnd() throws Exception {
        HttpWire impatient = new HttpWire(TargetRule.loopback(List.of()), Duration.ofMillis(100));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://localhost:" + silent.getLocalPort() + "/");
            WireAnswer answer = impatient.send(request(url, Map.of())).join();
            assertThat(answer.error()).isEqualTo(WireAnswer.TIMED_OUT);
            assertThat(answer.delivered()).isFalse();
        }
    }

    @Test
    void closesTheConnectionAfterTheTimeout() throws Exception {
        HttpWire impatient = new HttpWire(TargetRule.loopback(List.of()), Duration.ofMillis(100));
        try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            URI url = URI.create("http://127.0.0.1:" + endless.getLocalPort() + "/");
            CompletableFuture<WireAnswer> answer = impatient.send(request(url, Map.of()));
            try (Socket connection = endless.accept()) {
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nand so on".getBytes(StandardCharsets.UTF_8));
                assertThat(answer.join().error()).isEqualTo(WireAnswer.TIMED_OUT);
                connection.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void waitsFifteenSecondsLikeSvix() {
        assertThat(HttpWire.TIMEOUT).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void callsReceiversInThisProgram() {
        URI url = URI.create("http://127.0.0.1:1/here");
        wire.connect(url, (headers, body) -> headers.containsKey("svix-id") && body.length == 2 ? 204 : 400);
        assertThat(wire.send(request(url, Map.of())).join().status()).isEqualTo(204);
        wire.connect(url, (headers, body) -> {
            throw new IllegalStateException("broken");
        });
        assertThat(wire.send(request(url, Map.of())).join().status()).isEqualTo(500);
        assertThat(wire.send(request(URI.create("http://127.0.0.1:1/there"), Map.of()))
                        .join()
                        .error())
                .isEqualTo(WireAnswer.CONNECTION_REFUSED);
    }

    private static SignedRequest request(URI url, Map<String, String> custom) {
        OutgoingMessage message = new OutgoingMessage("msg_1", "a", null, "{}".getBytes(StandardCharsets.UTF_8));
        return SignedRequest.of(url, message, 1_767_000_000L, SIGNERS, custom);
    }
}
