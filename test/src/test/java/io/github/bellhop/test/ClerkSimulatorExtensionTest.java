package io.github.bellhop.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.svix.Webhook;
import com.svix.exceptions.WebhookVerificationException;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.simulator.delivery.Receiver;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

@ClerkSimulation(seed = 7)
class ClerkSimulatorExtensionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<String> secret = new AtomicReference<>("");
    private ClerkSimulator given;

    @BeforeEach
    void injectsTheSimulatorBeforeTheTest(ClerkSimulator simulator) {
        given = simulator;
    }

    private Receiver receiver() {
        return (headers, body) -> {
            Map<String, List<String>> all = headers.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
            try {
                String text = new String(body, StandardCharsets.UTF_8);
                new Webhook(secret.get()).verify(text, HttpHeaders.of(all, (name, value) -> true));
                received.add(text);
                return 200;
            } catch (WebhookVerificationException refused) {
                return 400;
            } catch (com.svix.exceptions.EmptyWebhookSecretException e) {
                return 500;
            }
        };
    }

    @Test
    void deliversChangesToAFunction(ClerkSimulator simulator) {
        assertThat(simulator).isSameAs(given);
        SimulatedEndpoint endpoint = simulator.deliverTo(receiver());
        secret.set(endpoint.signingSecret());
        String user = simulator.clerk().users().createInvented().path("id").stringValue();
        simulator.clerk().users().delete(user);
        simulator.awaitDelivered(TIMEOUT);
        // As with Svix, the second may arrive first: each message is delivered separately.
        assertThat(received)
                .allSatisfy(body -> assertThat(body).contains(user))
                .extracting(body -> EnvelopeReader.read(body.getBytes(StandardCharsets.UTF_8))
                        .type())
                .containsExactlyInAnyOrder("user.created", "user.deleted");
    }

    @Test
    void servesItsApisWithItsKeys(ClerkSimulator simulator) throws IOException {
        URI users = simulator.url().resolve("/v1/users/count");
        assertThat(status(users, simulator.secretKey())).isEqualTo(200);
        assertThat(status(users, "sk_test_wrong")).isEqualTo(401);
        assertThat(status(simulator.url().resolve("/api/v1/app"), simulator.svixToken()))
                .isEqualTo(200);
    }

    private static int status(URI url, String key) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + key);
        return connection.getResponseCode();
    }

    /** Run only by the test below. */
    @ClerkSimulation
    static class Ended {
        private static URI url = URI.create("http://localhost/");

        @Test
        void test(ClerkSimulator simulator) throws IOException {
            url = simulator.url();
            assertThat(status(url.resolve("/v1/users/count"), simulator.secretKey()))
                    .isEqualTo(200);
        }
    }

    @Test
    void closesTheSimulatorAfterTheTest() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Ended.class))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(1));
        assertThatThrownBy(() -> status(Ended.url.resolve("/v1/users/count"), "sk_test_simulator"))
                .isInstanceOf(IOException.class);
    }
}
