package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.svix.Webhook;
import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.svix.Application;
import io.github.bellhop.simulator.svix.EndpointSettings;
import io.github.bellhop.simulator.svix.Endpoints;
import io.github.bellhop.simulator.svix.SvixService;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.testing.NodePackage;
import io.github.bellhop.simulator.testing.SvixServer;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The libraries that real apps use to verify webhooks accept the simulator's deliveries, even in the grace period of a
 * rotation.
 */
class ReceiversTest {
    private static final String URL = "http://127.0.0.1:1/in-process";

    private final SvixService svix = new SvixService(SvixSettings.of(InstantSource.system(), new SplittableRandom(7)));
    private final String app =
            svix.applications().create(Application.Settings.named("Receivers")).id();
    private final String endpoint =
            svix.endpoints().create(app, EndpointSettings.to(URL)).id();
    private final List<Map<String, String>> headers = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();

    @Test
    void clerkAndSvixForNodeAcceptDeliveries() {
        NodePackage receivers = NodePackage.installed("receivers");
        try (SvixServer server = SvixServer.running()) {
            assertThat(receivers.run("receivers.mjs", Map.of("SIMULATOR_URL", server.url())))
                    .isEqualTo("all receivers gave the expected verdict\n");
        }
    }

    @Test
    void svixAndStandardWebhooksForJavaAcceptDeliveries() throws Exception {
        String secret = svix.endpoints().secret(app, endpoint);
        receive();
        for (EventType type : EventType.values()) {
            svix.messages().sendExample(app, endpoint, type.wireName());
        }
        svix.runDue();
        assertThat(bodies).hasSize(EventType.values().length);
        assertBothTake(secret);
    }

    @Test
    void svixAndStandardWebhooksForJavaAcceptBothSecretsOfARotation() throws Exception {
        String old = svix.endpoints().secret(app, endpoint);
        svix.endpoints().rotateSecret(app, endpoint, null, Endpoints.USUAL_GRACE);
        receive();
        svix.messages().sendExample(app, endpoint, "user.created");
        svix.runDue();
        assertBothTake(old);
        assertBothTake(svix.endpoints().secret(app, endpoint));
    }

    private void receive() {
        svix.connect(URI.create(URL), (given, body) -> {
            headers.add(given);
            bodies.add(new String(body, StandardCharsets.UTF_8));
            return 200;
        });
    }

    private void assertBothTake(String secret) throws Exception {
        assertThat(bodies).isNotEmpty();
        for (int i = 0; i < bodies.size(); i++) {
            HttpHeaders http = HttpHeaders.of(lists(headers.get(i), "svix-"), (name, value) -> true);
            new Webhook(secret).verify(bodies.get(i), http);
            new com.standardwebhooks.Webhook(secret).verify(bodies.get(i), renamed(headers.get(i)));
        }
    }

    private static Map<String, List<String>> lists(Map<String, String> headers, String prefix) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    }

    private static HttpHeaders renamed(Map<String, String> headers) {
        return HttpHeaders.of(
                lists(headers, "svix-").entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().replace("svix-", "webhook-"), Map.Entry::getValue)),
                (name, value) -> true);
    }
}
