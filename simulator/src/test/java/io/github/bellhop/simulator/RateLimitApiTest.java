package io.github.bellhop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.testing.ManualClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RateLimitApiTest {
    private static final String LIMIT = "/simulator/rate-limit";

    private final ClerkSimulator simulator =
            ClerkSimulator.start(SimulatorSettings.of(new ManualClock(Instant.parse("2026-03-01T12:00:00Z")), 1), 0);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, simulator.secretKey());
    }

    private HttpResponse<String> send(String method, String path, String body, String key) {
        HttpRequest request = HttpRequest.newBuilder(simulator.url().resolve(path))
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void limitsRequestsWhileItRuns() {
        assertThat(send("GET", LIMIT, "").body()).isEqualTo("{\"requests\":0}");
        assertThat(send("GET", "/v1/users", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", LIMIT, "{\"requests\":2}").body()).isEqualTo("{\"requests\":2}");
        assertThat(send("GET", "/v1/users", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/users", "").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = send("GET", "/v1/users", "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        JsonNode error = ApiJson.read(refused.body()).at("/errors/0");
        assertThat(error.path("code").stringValue()).isEqualTo("too_many_requests");
        assertThat(send("PUT", LIMIT, "{\"requests\":0}").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/users", "").statusCode()).isEqualTo(200);
    }

    @Test
    void limitsRequestsFromATest() {
        simulator.rateLimit(1);
        assertThat(send("GET", "/v1/users", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/users", "").statusCode()).isEqualTo(429);
        assertThat(send("GET", "/api/v1/app", "", simulator.svixToken()).statusCode())
                .as("the Svix API has no limit")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"requests\":-1}", "{\"requests\":\"2\"}", "{\"requests\":1.5}"})
    void rejectsOtherBodies(String body) {
        assertThat(send("PUT", LIMIT, body).statusCode()).isEqualTo(422);
        assertThat(send("GET", LIMIT, "").body()).isEqualTo("{\"requests\":0}");
    }

    @Test
    void requiresTheSecretKey() {
        assertThat(send("PUT", LIMIT, "{\"requests\":2}", "sk_test_other").statusCode())
                .isEqualTo(401);
        assertThat(send("GET", LIMIT, "").body()).isEqualTo("{\"requests\":0}");
        assertThat(send("GET", "/simulator/rate-limit/nothing", "").statusCode())
                .isEqualTo(404);
    }
}
