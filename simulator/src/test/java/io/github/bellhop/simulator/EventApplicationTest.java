package io.github.bellhop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.http.ApiJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Svix application of the simulated instance, as Clerk's API manages it. */
class EventApplicationTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(String method, URI url, String key) throws Exception {
        return http.send(
                HttpRequest.newBuilder(url)
                        .header("Authorization", "Bearer " + key)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void opensItsDashboardAndStopsWithoutIt() throws Exception {
        AtomicInteger delivered = new AtomicInteger();
        try (ClerkSimulator simulator = ClerkSimulator.start()) {
            var unused = simulator.deliverTo((headers, body) -> {
                delivered.incrementAndGet();
                return 200;
            });
            String dashboard = ApiJson.read(
                            send("POST", simulator.url().resolve("/v1/webhooks/svix_url"), simulator.secretKey())
                                    .body())
                    .path("svix_url")
                    .stringValue();
            assertThat(dashboard).startsWith(simulator.url() + "/app-portal#key=");
            JsonNode key = ApiJson.read(new String(
                    Base64.getUrlDecoder().decode(dashboard.substring(dashboard.indexOf('=') + 1)),
                    StandardCharsets.UTF_8));
            URI endpoints =
                    simulator.url().resolve("/api/v1/app/" + key.path("appId").stringValue() + "/endpoint");
            assertThat(send("GET", endpoints, key.path("oneTimeToken").stringValue())
                            .statusCode())
                    .isEqualTo(200);

            URI application = simulator.url().resolve("/v1/webhooks/svix");
            assertThat(send("DELETE", application, simulator.secretKey()).statusCode())
                    .isEqualTo(204);
            simulator.clerk().users().createInvented();
            simulator.awaitDelivered(Duration.ofSeconds(10));
            assertThat(delivered).hasValue(0);
            assertThat(send("POST", application, simulator.secretKey()).statusCode())
                    .isEqualTo(200);
        }
    }
}
