package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries to a host name: the connection goes to the checked address, and the name stays in the request. */
class NamedTargetTest {
    private static final List<MessageSigner> SIGNERS = List.of(
            MessageSigner.with(SigningSecret.ofKey("twenty-four secret bytes".getBytes(StandardCharsets.UTF_8))));

    @TempDir
    Path folder;

    /** The addresses that the resolver returns, one entry for each lookup; when none is left, the lookup fails. */
    private final Queue<InetAddress[]> lookups = new ConcurrentLinkedQueue<>();

    private HttpWire wire(SSLContext tls) {
        TargetRule rule = TargetRule.loopback(List.of()).resolvedBy(host -> {
            InetAddress[] found = lookups.poll();
            if (found == null) {
                throw new UnknownHostException(host);
            }
            return found;
        });
        return new HttpWire(rule, Duration.ofSeconds(15), tls::getSocketFactory);
    }

    private void resolvesTo(String... addresses) throws UnknownHostException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        lookups.add(found);
    }

    private static SignedRequest request(String url) {
        OutgoingMessage message = new OutgoingMessage("msg_1", "a", null, "{}".getBytes(StandardCharsets.UTF_8));
        return SignedRequest.of(URI.create(url), message, 1_767_000_000L, SIGNERS, Map.of());
    }

    @Test
    void sendsTheNameAsHost() throws Exception {
        try (Endpoint endpoint = new Endpoint(200, "")) {
            resolvesTo("127.0.0.1");
            WireAnswer answer = wire(SSLContext.getDefault())
                    .send(request("http://Receiver.Test:" + endpoint.port() + "/hook"))
                    .join();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(endpoint.requests().element().headers().get("host"))
                    .containsExactly("receiver.test:" + endpoint.port());
        }
    }

    @Test
    void sendsTheNameInTheHandshakeAndAsHostOverTls() throws Exception {
        SSLContext tls = SelfSigned.context(folder, "dns:receiver.test");
        try (Endpoint endpoint = new Endpoint(tls, 200, "fine")) {
            resolvesTo("127.0.0.1");
            WireAnswer answer = wire(tls)
                    .send(request("https://receiver.test:" + endpoint.port() + "/hook?x=1"))
                    .join();
            assertThat(answer.text()).isEqualTo("fine");
            Endpoint.Request got = endpoint.requests().element();
            assertThat(got.header("host")).isEqualTo("receiver.test:" + endpoint.port());
            assertThat(got.serverName()).isEqualTo("receiver.test");
            assertThat(got.path()).isEqualTo("/hook?x=1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns:other.test", "ip:127.0.0.1"})
    void rejectsACertificateForAnotherName(String name) throws Exception {
        SSLContext tls = SelfSigned.context(folder, name);
        try (Endpoint endpoint = new Endpoint(tls, 200, "")) {
            resolvesTo("127.0.0.1");
            WireAnswer answer = wire(tls)
                    .send(request("https://receiver.test:" + endpoint.port() + "/"))
                    .join();
            assertThat(answer.error()).isEqualTo("SSLHandshakeException");
            assertThat(endpoint.requests()).isEmpty();
        }
    }

    @Test
    void rejectsACertificateThatNobodySigned() throws Exception {
        SSLContext tls = SelfSigned.context(folder, "dns:receiver.test");
        try (Endpoint endpoint = new Endpoint(tls, 200, "")) {
            resolvesTo("127.0.0.1");
            WireAnswer answer = wire(SSLContext.getDefault())
                    .send(request("https://receiver.test:" + endpoint.port() + "/"))
                    .join();
            assertThat(answer.error()).isEqualTo("SSLHandshakeException");
            assertThat(endpoint.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void resolvesTheNameOnceForEachRequest(String scheme) throws Exception {
        SSLContext tls = SelfSigned.context(folder, "dns:receiver.test");
        try (Endpoint endpoint = new Endpoint(scheme.equals("https") ? tls : null, 200, "")) {
            HttpWire wire = wire(tls);
            SignedRequest request = request(scheme + "://receiver.test:" + endpoint.port() + "/");
            resolvesTo("127.0.0.1");
            resolvesTo("192.0.2.1");
            assertThat(wire.send(request).join().status()).isEqualTo(200);
            assertThat(lookups).as("the second answer of the name server").hasSize(1);
            assertThat(wire.send(request).join().error()).isEqualTo(WireAnswer.TARGET_NOT_ALLOWED);
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    @Test
    void triesTheNextAddressIfOneRefusesTheConnection() throws Exception {
        try (Endpoint endpoint = new Endpoint(200, "")) {
            resolvesTo("::1", "127.0.0.1");
            WireAnswer answer = wire(SSLContext.getDefault())
                    .send(request("http://receiver.test:" + endpoint.port() + "/"))
                    .join();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    @Test
    void reportsAnUnknownHost() throws Exception {
        assertThat(wire(SSLContext.getDefault())
                        .send(request("http://receiver.test/"))
                        .join()
                        .error())
                .isEqualTo(WireAnswer.UNKNOWN_HOST);
    }

    @ParameterizedTest
    @CsvSource({
        "http://receiver.test/, receiver.test",
        "http://receiver.test:80/, receiver.test",
        "http://receiver.test:443/, receiver.test:443",
        "https://receiver.test/, receiver.test",
        "https://receiver.test:443/, receiver.test",
        "https://receiver.test:80/, receiver.test:80",
        "http://[::1]:3000/, [::1]:3000"
    })
    void omitsTheSchemesOwnPort(URI url, String authority) {
        assertThat(Route.to(url, InetAddress.getLoopbackAddress()).authority()).isEqualTo(authority);
    }
}
