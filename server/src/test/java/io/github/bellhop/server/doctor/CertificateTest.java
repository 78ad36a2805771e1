package io.github.bellhop.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.server.testing.StubReceiver;
import io.github.bellhop.simulator.testing.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests certificates made by keytool, each with one fault. */
@Timeout(300)
class CertificateTest {
    @TempDir
    Path folder;

    private KeyStore made(String start, int days, String name) throws Exception {
        return Certificates.make(folder, name, "-startdate", start, "-validity", Integer.toString(days));
    }

    private static SSLContext server(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Certificates.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static X509TrustManager trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private List<Doctor.Result> examine(KeyStore store, boolean trusted, Duration ahead) throws Exception {
        try (StubReceiver stub = new StubReceiver(server(store))) {
            var environment = new ClockAndDiskTest.Fixed(
                    folder,
                    Map.of(
                            "CLERK_WEBHOOK_SIGNING_SECRET",
                            "whsec_YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA==",
                            "BELLHOP_DATABASE_URL",
                            "jdbc:sqlite:" + folder.resolve("none.db")));
            InstantSource clock = () -> Instant.now().plus(ahead);
            Examination wanted = new Examination(environment, stub.url(), null, clock);
            return Doctor.examine(trusted ? wanted.trusting(trusting(store)) : wanted);
        }
    }

    private static Finding certificate(List<Doctor.Result> results) {
        List<Finding> found = results.stream()
                .filter(result -> result.check().equals("certificate"))
                .map(Doctor.Result::finding)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void acceptsAValidCertificateAndWarnsBeforeItExpires() throws Exception {
        List<Doctor.Result> good = examine(made("-1d", 91, "IP:127.0.0.1"), true, Duration.ZERO);
        assertThat(certificate(good).level()).isEqualTo(Finding.Level.OK);
        assertThat(certificate(good).what()).contains("valid for another 8");
        assertThat(good)
                .filteredOn(result -> result.check().equals("receiver"))
                .extracting(result -> result.finding().level())
                .containsExactly(Finding.Level.OK, Finding.Level.OK);

        Finding soon = certificate(examine(made("-1d", 11, "IP:127.0.0.1"), true, Duration.ZERO));
        assertThat(soon.level()).isEqualTo(Finding.Level.WARN);
        assertThat(soon.what()).contains("expires in 9 days");
    }

    @Test
    void reportsASelfSignedCertificate() throws Exception {
        List<Doctor.Result> findings = examine(made("-1d", 91, "IP:127.0.0.1"), false, Duration.ZERO);
        assertThat(certificate(findings).level()).isEqualTo(Finding.Level.FAIL);
        assertThat(certificate(findings).what()).contains("not trusted");
        assertThat(certificate(findings).why()).contains("self-signed", "intermediate");
        assertThat(certificate(findings).fix()).contains("full chain");
        assertThat(findings)
                .filteredOn(result -> result.check().equals("receiver"))
                .singleElement()
                .satisfies(result -> assertThat(result.finding().what()).contains("The TLS connection to"));
    }

    @Test
    void reportsAnExpiredOrNotYetValidCertificate() throws Exception {
        Finding expired = certificate(examine(made("-40d", 30, "IP:127.0.0.1"), true, Duration.ZERO));
        assertThat(expired.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(expired.what()).contains("expired at");
        assertThat(expired.fix()).contains("Renew");
        Finding early = certificate(examine(made("+5d", 30, "IP:127.0.0.1"), true, Duration.ZERO));
        assertThat(early.what()).contains("not valid before");
    }

    @Test
    void reportsACertificateForAnotherHost() throws Exception {
        Finding other = certificate(examine(made("-1d", 91, "DNS:www.example.com"), true, Duration.ZERO));
        assertThat(other.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(other.what()).contains("for another host");
        assertThat(other.fix()).contains("127.0.0.1");
    }

    /** Answers TLS handshakes with 400, as most servers without TLS do. */
    private static void refusePlainly(ServerSocket port) {
        while (!port.isClosed()) {
            try (Socket client = port.accept()) {
                int first = client.getInputStream().read();
                assertThat(first).as("the first byte of a handshake").isEqualTo(22);
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // The test has ended, or the client has disconnected.
            }
        }
    }

    @Test
    void skipsTheCertificateOfAPortWithoutTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> refusePlainly(plain), "plain");
            server.setDaemon(true);
            server.start();
            URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/api/webhooks/clerk");
            var environment = new ClockAndDiskTest.Fixed(folder, Map.of());
            List<Doctor.Result> findings =
                    Doctor.examine(new Examination(environment, url, null, InstantSource.system()));
            assertThat(certificate(findings).level()).isEqualTo(Finding.Level.SKIP);
        }
    }

    @Test
    void handshakeTimesOutOnASilentPort() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/api/webhooks/clerk");
            Handshake handshake = new Handshake(url, Duration.ofMillis(300));
            assertThatThrownBy(handshake::certificates).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
