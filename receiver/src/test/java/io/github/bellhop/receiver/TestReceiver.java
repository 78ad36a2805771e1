package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.modeler.Registry;

/** The real servlet in a real Tomcat, configured like the program's public port, on a free loopback port. */
final class TestReceiver implements AutoCloseable {
    static final int LIMIT = 64 * 1024;

    static {
        // Otherwise several instances in one process would register the same name.
        Registry.disableRegistry();
    }

    private final FakeIntake intake = new FakeIntake();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Tomcat tomcat = new Tomcat();

    private TestReceiver(ReceiverSettings settings, SourceGate gate, int threads) throws LifecycleException {
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setAllowTrace(true);
        AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        http.setMaxThreads(threads);
        http.setMinSpareThreads(1);
        http.setConnectionTimeout((int) settings.answerTimeout().toMillis());
        http.setKeepAliveTimeout(60_000);
        http.setMaxKeepAliveRequests(-1);
        http.setMaxHttpRequestHeaderSize(16 * 1024);
        http.setMaxSwallowSize(settings.maxBodyBytes());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        WebhookServlet servlet = new WebhookServlet(
                SignedDelivery.PATH,
                intake,
                SignatureVerifier.of(SigningSecret.parseList(SignedDelivery.SECRET)),
                gate == null ? SourceGate.open(registry) : gate,
                settings,
                registry);
        Wrapper wrapper = Tomcat.addServlet(context, "webhook", servlet);
        wrapper.addMapping("/");
        wrapper.setAsyncSupported(true);
        tomcat.start();
    }

    /** Limits for tests: 64 KiB, a large budget, and timeouts that no healthy test reaches. */
    static ReceiverSettings settings() {
        return settings(Duration.ofSeconds(8), Duration.ofSeconds(9));
    }

    static ReceiverSettings settings(Duration bodyTimeout, Duration answerTimeout) {
        return new ReceiverSettings(
                LIMIT, 8L * 1024 * 1024, bodyTimeout, answerTimeout, Duration.ofSeconds(10), InstantSource.system());
    }

    static TestReceiver start() throws LifecycleException {
        return start(settings());
    }

    static TestReceiver start(ReceiverSettings settings) throws LifecycleException {
        return new TestReceiver(settings, null, 16);
    }

    static TestReceiver start(ReceiverSettings settings, int threads) throws LifecycleException {
        return new TestReceiver(settings, null, threads);
    }

    static TestReceiver start(SourceGate gate) throws LifecycleException {
        return new TestReceiver(settings(), gate, 16);
    }

    FakeIntake intake() {
        return intake;
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    Connection connect() throws IOException {
        return new Connection(port());
    }

    /** Sends one delivery on its own connection, and checks that the answer reveals neither the body nor a secret. */
    Answer send(SignedDelivery delivery) throws IOException {
        try (Connection connection = connect()) {
            Answer answer = connection.send(delivery).read();
            assertThat(answer.toString())
                    .doesNotContain(SignedDelivery.MARK)
                    .doesNotContain(SignedDelivery.SECRET.substring(6))
                    .doesNotContain(delivery.signature().substring(3));
            return answer;
        }
    }

    double budgetUsed() {
        return registry.get("bellhop.budget.used").gauge().value();
    }

    double counted(int status, String reason) {
        Counter counter = registry.find("bellhop.deliveries")
                .tags("status", Integer.toString(status), "reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
