package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.svix.api.ApiClient.Answer;
import io.github.bellhop.simulator.testing.ManualClock;
import io.github.bellhop.simulator.testing.SvixServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests the API over HTTP. */
class SvixApiTest {
    private static final String HOOK = "http://127.0.0.1:1/hook";
    private static final String ENDPOINTS = "/api/v1/app/mine/endpoint";
    private static final String MESSAGES = "/api/v1/app/mine/msg";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
    private final SvixServer server =
            SvixServer.standing(SvixSettings.of(clock, new SplittableRandom(5)).keptMessages(1_000));
    private final ApiClient api = new ApiClient(server.url(), "testsk_simulator");
    private final List<String> got = new ArrayList<>();

    SvixApiTest() {
        server.service().connect(URI.create(HOOK), (headers, body) -> {
            got.add(new String(body, StandardCharsets.UTF_8));
            return 200;
        });
        assertThat(api.post("/api/v1/app", "{\"name\":\"Mine\",\"uid\":\"mine\"}")
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersHealthChecksWithoutAToken() {
        assertThat(new ApiClient(server.url(), "").get("/api/v1/health").status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "testsk_simulato", "testsk_simulator2", "TESTSK_SIMULATOR"})
    void rejectsOtherTokens(String token) {
        Answer refused = new ApiClient(server.url(), token).get("/api/v1/app");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).hasToString("{\"code\":\"authentication_failed\",\"detail\":\"Invalid token\"}");
    }

    @Test
    void limitsPortalTokensToTheirApplication() {
        api.post("/api/v1/app", "{\"name\":\"Other\",\"uid\":\"other\"}");
        String token = api.post("/api/v1/auth/app-portal-access/mine", "{}").text("/token");
        ApiClient people = new ApiClient(server.url(), token);
        assertThat(people.get(ENDPOINTS).status()).isEqualTo(200);
        assertThat(people.get("/api/v1/event-type").status()).isEqualTo(200);
        for (String path : List.of("/api/v1/app", "/api/v1/app/mine", "/api/v1/app/other/endpoint")) {
            Answer refused = people.get(path);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("/code")).isEqualTo("insufficient access");
        }
        assertThat(people.post("/api/v1/auth/logout", "").status()).isEqualTo(204);
        assertThat(people.get(ENDPOINTS).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/app/none, 404, not_found",
        "GET, /api/v1/app/mine/endpoint/none, 404, not_found",
        "GET, /api/v1/nothing, 501, not_simulated",
        "DELETE, /api/v1/app, 501, not_simulated"
    })
    void returnsErrorsInSvixsFormat(String method, String path, int status, String code) {
        Answer refused = api.send(method, path, "");
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("/code")).isEqualTo(code);
        assertThat(refused.text("/detail")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\":\"ftp://x/\"}                                         | url          | value_error",
                "{}                                                             | url          | value_error",
                "{\"url\":5}                                                    | url          | value_error",
                "{\"url\":\"http://127.0.0.1/\",\"disabled\":\"yes\"}           | disabled     | value_error",
                "{\"url\":\"http://127.0.0.1/\",\"filterTypes\":\"user.created\"} | eventTypes | value_error",
                "{\"url\":\"http://127.0.0.1/\",\"eventTypes\":[\"no.such\"]}   | eventTypes   | value_error",
                "{\"url\":\"http://127.0.0.1/\",\"metadata\":{\"a\":1}}         | metadata     | value_error",
                "{\"url\":\"http://127.0.0.1/\",\"secret\":\"short\"}           | secret       | value_error",
                "{\"url\":                                                      |              | value_error.jsondecode",
                "[]                                                             |              | value_error.jsondecode"
            })
    void namesTheInvalidField(String body, @Nullable String field, String type) {
        Answer refused = api.post(ENDPOINTS, body);
        assertThat(refused.status()).isEqualTo(422);
        JsonNode mistake = refused.body().path("detail").path(0);
        assertThat(mistake.path("type").stringValue()).isEqualTo(type);
        assertThat(mistake.path("msg").stringValue()).isNotEmpty();
        assertThat(mistake.path("loc")).hasToString(field == null ? "[\"body\"]" : "[\"body\",\"" + field + "\"]");
    }

    @Test
    void changesTheRateLimitUnderBothNames() {
        String path = "/api/v1/app/"
                + api.post("/api/v1/app", "{\"name\":\"Acme\",\"throttleRate\":3}")
                        .body()
                        .path("id")
                        .stringValue();
        for (String name : List.of("rateLimit", "throttleRate")) {
            int limit = name.length();
            JsonNode patched =
                    api.send("PATCH", path, "{\"" + name + "\":" + limit + "}").body();
            assertThat(patched.path("throttleRate").intValue()).isEqualTo(limit);
            assertThat(patched.path("rateLimit").intValue()).isEqualTo(limit);
        }
    }

    @Test
    void acceptsAndReturnsBothSpellings() {
        for (String name : List.of("filterTypes", "eventTypes")) {
            JsonNode made = api.post(
                            ENDPOINTS,
                            "{\"url\":\"" + HOOK + "\",\"" + name
                                    + "\":[\"user.updated\",\"user.created\"],\"rateLimit\":7}")
                    .body();
            assertThat(made.path("eventTypes")).hasToString("[\"user.created\",\"user.updated\"]");
            assertThat(made.path("filterTypes")).isEqualTo(made.path("eventTypes"));
            assertThat(made.path("throttleRate").intValue()).isEqualTo(7);
            String path = ENDPOINTS + "/" + made.path("id").stringValue();
            JsonNode patched = api.send("PATCH", path, "{\"" + name + "\":[\"user.deleted\"]}")
                    .body();
            assertThat(patched.path("eventTypes")).hasToString("[\"user.deleted\"]");
            assertThat(patched.path("throttleRate").intValue()).isEqualTo(7);
            JsonNode all = api.send("PATCH", path, "{\"" + name + "\":null}").body();
            assertThat(all.path("eventTypes").isNull()).isTrue();
            assertThat(all.path("url").stringValue()).isEqualTo(HOOK);
        }
    }

    @Test
    void createsMissingItemsWithPut() {
        Answer made = api.send("PUT", ENDPOINTS + "/hers", "{\"url\":\"" + HOOK + "\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/uid")).isEqualTo("hers");
        Answer changed = api.send("PUT", ENDPOINTS + "/hers", "{\"url\":\"" + HOOK + "\",\"uid\":\"hers\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/id")).isEqualTo(made.text("/id"));
        assertThat(api.send("PUT", "/api/v1/app/new", "{\"name\":\"New\"}").status())
                .isEqualTo(201);
        assertThat(api.get("/api/v1/app/new").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/app/", "//api/v1/app", "/api/v1//app//", "/api/v1/app?limit=1"})
    void ignoresExtraSlashes(String path) {
        assertThat(api.get(path).body().path("data")).hasSize(1);
    }

    @Test
    void performsAPostOncePerIdempotencyKey() {
        String body = "{\"eventType\":\"user.created\",\"payload\":{}}";
        Answer first = api.post(MESSAGES, body, "Idempotency-Key", "k1");
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(api.post(MESSAGES, body, "Idempotency-Key", "k1")).isEqualTo(first);
        assertThat(api.post(MESSAGES, body, "Idempotency-Key", "k2").text("/id"))
                .isNotEqualTo(first.text("/id"));
        api.post("/api/v1/app", "{\"name\":\"Other\",\"uid\":\"other\"}");
        assertThat(api.post("/api/v1/app/other/msg", body, "Idempotency-Key", "k1")
                        .text("/id"))
                .isNotEqualTo(first.text("/id"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(api.post(MESSAGES, body, "Idempotency-Key", "k1").text("/id"))
                .isNotEqualTo(first.text("/id"));
    }

    @Test
    void doesNotStoreErrorsUnderAnIdempotencyKey() {
        assertThat(api.post("/api/v1/app/late/msg", "{\"eventType\":\"a\",\"payload\":{}}", "idempotency-key", "k")
                        .status())
                .isEqualTo(404);
        api.post("/api/v1/app", "{\"name\":\"Late\",\"uid\":\"late\"}");
        assertThat(api.post("/api/v1/app/late/msg", "{\"eventType\":\"a\",\"payload\":{}}", "idempotency-key", "k")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void acceptsPayloadsInEveryForm() {
        api.post(ENDPOINTS, "{\"url\":\"" + HOOK + "\"}");
        String raw = "{ \\\"n\\\": 1.10 }";
        api.post(MESSAGES, "{\"eventType\":\"a\",\"payload\":{\"n\": 1.10, \"t\":\"\\u00eb\"}}");
        api.post(MESSAGES, "{\"eventType\":\"a\",\"data\":{\"n\":2}}");
        api.post(
                MESSAGES,
                "{\"eventType\":\"a\",\"payload\":{},\"transformationsParams\":{\"rawPayload\":\"" + raw + "\"}}");
        server.service().runDue();
        assertThat(got).containsExactly("{\"n\":1.10,\"t\":\"\u00eb\"}", "{\"n\":2}", "{ \"n\": 1.10 }");
        assertThat(api.post(MESSAGES, "{\"eventType\":\"a\",\"payload\":[]}").status())
                .isEqualTo(422);
        assertThat(api.post(MESSAGES, "{\"eventType\":\"a\"}").status()).isEqualTo(422);
        assertThat(api.post(MESSAGES, "{\"payload\":{}}").status()).isEqualTo(422);
    }

    @Test
    void showsContentUnlessDisabled() {
        api.post(ENDPOINTS, "{\"url\":\"" + HOOK + "\"}");
        String id = api.post(MESSAGES, "{\"eventType\":\"a\",\"payload\":{\"n\":1}}")
                .text("/id");
        server.service().runDue();
        assertThat(api.get(MESSAGES + "/" + id).body().path("payload")).hasToString("{\"n\":1}");
        assertThat(api.get(MESSAGES + "/" + id + "?with_content=false").body().path("payload"))
                .hasToString("{}");
        String attempts = "/api/v1/app/mine/attempt/msg/" + id;
        assertThat(api.get(attempts).text("/data/0/response")).isEmpty();
        assertThat(api.get(attempts + "?with_content=false").text("/data/0/response"))
                .isEqualTo("{}");
        assertThat(api.send("DELETE", MESSAGES + "/" + id + "/content", "").status())
                .isEqualTo(204);
        assertThat(api.get(MESSAGES + "/" + id).body().path("payload")).hasToString("{\"expired\":true}");
    }

    @Test
    void findsMessagesAndAttempts() {
        String endpoint = api.post(ENDPOINTS, "{\"url\":\"" + HOOK + "\"}").text("/id");
        String first = api.post(
                        MESSAGES,
                        "{\"eventType\":\"a\",\"payload\":{},\"tags\":[\"red\"],\"channels\":[\"c1\"],\"eventId\":\"e1\"}")
                .text("/id");
        server.service().runDue();
        clock.advance(Duration.ofMinutes(1));
        String second =
                api.post(MESSAGES, "{\"eventType\":\"b\",\"payload\":{}}").text("/id");
        server.service().runDue();
        assertThat(ids(MESSAGES, "id")).containsExactly(second, first);
        assertThat(ids(MESSAGES + "?tag=red", "id")).containsExactly(first);
        assertThat(ids(MESSAGES + "?channel=c1", "id")).containsExactly(first);
        assertThat(ids(MESSAGES + "?event_types=b%2Cc", "id")).containsExactly(second);
        assertThat(ids(MESSAGES + "?event_types=a&event_types=b", "id")).hasSize(2);
        assertThat(ids(MESSAGES + "?before=2026-03-01T12:00:30Z", "id")).containsExactly(first);
        assertThat(ids(MESSAGES + "?after=2026-03-01T13:00:30%2B01:00", "id")).containsExactly(second);
        String attempts = "/api/v1/app/mine/attempt/endpoint/" + endpoint;
        assertThat(ids(attempts, "msgId")).containsExactly(second, first);
        assertThat(ids(attempts + "?tag=red&status=0&status_code_class=200", "msgId"))
                .containsExactly(first);
        assertThat(ids(attempts + "?status=2", "msgId")).isEmpty();
        assertThat(ids(attempts + "?event_types=b", "msgId")).containsExactly(second);
        assertThat(api.get(attempts + "?with_msg=true").text("/data/1/msg/eventId"))
                .isEqualTo("e1");
        assertThat(ids("/api/v1/app/mine/attempt/msg/e1?endpoint_id=" + endpoint, "msgId"))
                .containsExactly(first);
        assertThat(api.get(ENDPOINTS + "/" + endpoint + "/msg?tag=red").text("/data/0/statusText"))
                .isEqualTo("success");
        assertThat(api.get(MESSAGES + "/e1/endpoint")
                        .body()
                        .path("data")
                        .path(0)
                        .path("status")
                        .intValue())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=251", "limit=0", "limit=x", "order=sideways", "before=yesterday"})
    void namesTheInvalidParameter(String query) {
        Answer refused = api.get(MESSAGES + "?" + query);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/detail/0/loc"))
                .hasToString("[\"query\",\"" + query.substring(0, query.indexOf('=')) + "\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?until=2026-03-01T12:00:01Z",
                "?since=2026-01-01T00:00:00Z",
                "?since=2026-03-01T12:00:00Z&until=2026-03-01T11:00:00Z"
            })
    void rejectsStatisticsOutOfRange(String query) {
        String endpoint = api.post(ENDPOINTS, "{\"url\":\"" + HOOK + "\"}").text("/id");
        Answer refused = api.get(ENDPOINTS + "/" + endpoint + "/stats" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/code")).isEqualTo("invalid_range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eventType\":\"user.created\",\"channels\":[\"c1\"]} | true",
                "{\"eventType\":\"user.created\"}                         | false",
                "{\"eventType\":\"user.deleted\",\"channels\":[\"c1\"]} | false"
            })
    void checksWhetherAnEndpointWantsAMessage(String message, boolean active) {
        api.post(ENDPOINTS, "{\"url\":\"" + HOOK + "\",\"eventTypes\":[\"user.created\"],\"channels\":[\"c1\"]}");
        Answer answer = api.post(MESSAGES + "/precheck/active", message);
        assertThat(answer.body().path("active").booleanValue()).isEqualTo(active);
        assertThat(api.get(MESSAGES).body().path("data")).isEmpty();
    }

    @Test
    void deletesTheAnswerOfAnAttempt() {
        URI page = URI.create("http://127.0.0.1:1/page");
        server.service().connect(page, (headers, body) -> {
            throw new IllegalStateException("answered as text");
        });
        api.post(ENDPOINTS, "{\"url\":\"" + page + "\"}");
        String id = api.post(MESSAGES, "{\"eventType\":\"a\",\"payload\":{}}").text("/id");
        server.service().runDue();
        String attempt = MESSAGES + "/" + id + "/attempt/"
                + api.get("/api/v1/app/mine/attempt/msg/" + id).text("/data/0/id");
        assertThat(api.get(attempt).text("/response")).isNotEmpty();
        assertThat(api.send("DELETE", attempt + "/content", "").status()).isEqualTo(204);
        assertThat(api.get(attempt).text("/response")).isEmpty();
        assertThat(api.send("DELETE", attempt + "x/content", "").status()).isEqualTo(404);
    }

    @Test
    void storesStringsUnchanged() {
        String text = "<script>alert('1')</script>\\u0000 \\ud83d\\ude00 ' OR 1=1 --";
        Answer made = api.post(ENDPOINTS, "{\"url\":\"" + HOOK + "\",\"description\":\"" + text + "\"}");
        assertThat(made.text("/description")).isEqualTo("<script>alert('1')</script>\u0000 \ud83d\ude00 ' OR 1=1 --");
    }

    private List<String> ids(String path, String key) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : api.get(path).body().path("data")) {
            ids.add(item.path(key).stringValue());
        }
        return ids;
    }
}
