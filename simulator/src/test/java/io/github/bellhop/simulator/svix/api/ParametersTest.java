package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.SharedData;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.testing.ManualClock;
import io.github.bellhop.simulator.testing.Parameters;
import io.github.bellhop.simulator.testing.Parameters.Parameter;
import io.github.bellhop.simulator.testing.Specification;
import io.github.bellhop.simulator.testing.Specification.Operation;
import io.github.bellhop.simulator.testing.SvixServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every query parameter that Svix documents for an offered operation has an effect, and its values are checked. */
@SameOnEveryJdk
class ParametersTest {
    private static final String SPECIFICATION = "data/specs/svix-openapi.json";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** For each parameter, a value that changes the answer for the {@link World}. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("limit", "1"),
            Map.entry("iterator", "{iterator}"),
            Map.entry("order", "{order}"),
            Map.entry("before", "2026-03-01T12:00:30Z"),
            Map.entry("after", "2026-03-01T12:00:30Z"),
            Map.entry("since", "2026-03-01T12:00:30Z"),
            Map.entry("until", "2026-03-01T12:00:30Z"),
            Map.entry("channel", "c1"),
            Map.entry("tag", "red"),
            Map.entry("event_types", "user.created"),
            Map.entry("status", "2"),
            Map.entry("task", "endpoint.recover"),
            Map.entry("status_code_class", "400"),
            Map.entry("endpoint_id", "other"),
            Map.entry("with_content", "false"),
            Map.entry("with_msg", "true"),
            Map.entry("expanded_statuses", "true"),
            Map.entry("include_archived", "true"),
            Map.entry("exclude_apps_with_no_endpoints", "true"),
            Map.entry("exclude_apps_with_disabled_endpoints", "true"),
            Map.entry("exclude_apps_with_svix_play_endpoints", "true"),
            Map.entry("get_if_exists", "true"),
            Map.entry("expunge", "true"));

    /** Values for single operations, which take precedence over {@link #VALUES}. */
    private static final Map<String, String> OWN_VALUES = Map.of(
            "GET /api/v1/event-type with_content", "true",
            "GET /api/v1/background-task status", "running",
            "GET /api/v1/app/{app_id}/attempt/msg/{msg_id} after", "2026-03-01T12:01:00.5Z");

    private static final Map<String, String> BODIES = Map.of(
            "POST /api/v1/app", "{\"name\":\"Again\",\"uid\":\"mine\"}",
            "POST /api/v1/app/{app_id}/msg", "{\"eventType\":\"user.created\",\"payload\":{\"n\":1}}");

    /**
     * A service with applications, endpoints, messages, attempts of every status, and tasks. All new worlds are
     * identical.
     */
    private static final class World implements AutoCloseable {
        final ManualClock clock = new ManualClock(NOON);
        final SvixServer server = SvixServer.standing(SvixSettings.of(clock, new SplittableRandom(5)));
        final ApiClient api = new ApiClient(server.url(), "testsk_simulator");
        final String message;
        final String canceledMessage;
        final String canceledAttempt;
        private int status = 200;

        World() {
            server.service().connect(URI.create("http://127.0.0.1:1/hook"), (headers, body) -> status);
            server.service().connect(URI.create("http://127.0.0.1:1/other"), (headers, body) -> 200);
            application("mine", "http://127.0.0.1:1/hook", "main", false);
            application("none", null, "", false);
            application("off", "http://127.0.0.1:1/off", "off", true);
            application("play", "https://api.play.svix.com/api/v1/in/c_abc/", "play", false);
            post("/api/v1/app/mine/endpoint", "{\"url\":\"http://127.0.0.1:1/other\",\"uid\":\"other\"}");
            post(
                    "/api/v1/event-type",
                    "{\"name\":\"a.described\",\"description\":\"A\",\"schemas\":{\"1\":{\"type\":\"object\"}}}");
            post("/api/v1/event-type", "{\"name\":\"a.old\",\"description\":\"B\",\"archived\":true}");
            message = send("user.created", "\"tags\":[\"red\"],\"channels\":[\"c1\"]");
            server.service().runDue();
            clock.advance(Duration.ofMinutes(1));
            status = 404;
            canceledMessage = send("user.updated", "\"tags\":[\"blue\"]");
            server.service().runDue();
            post("/api/v1/app/mine/msg/" + message + "/endpoint/main/resend", "");
            server.service().runDue();
            clock.advance(Duration.ofSeconds(1));
            post("/api/v1/app/mine/endpoint/main/cancel-msgs", "{\"createdBefore\":\"" + clock.instant() + "\"}");
            post("/api/v1/app/mine/endpoint/main/recover", "{\"since\":\"2026-03-01T00:00:00Z\"}");
            post("/api/v1/app/mine/endpoint/main/replay-missing", "{\"since\":\"2026-03-01T00:00:00Z\"}");
            canceledAttempt =
                    api.get("/api/v1/app/mine/attempt/endpoint/main?status=4").text("/data/0/id");
        }

        private void application(String uid, @Nullable String url, String endpoint, boolean disabled) {
            post("/api/v1/app", "{\"name\":\"A\",\"uid\":\"" + uid + "\"}");
            if (url != null) {
                post(
                        "/api/v1/app/" + uid + "/endpoint",
                        "{\"url\":\"%s\",\"uid\":\"%s\",\"disabled\":%s}".formatted(url, endpoint, disabled));
            }
        }

        private String send(String type, String settings) {
            return post(
                            "/api/v1/app/mine/msg",
                            "{\"eventType\":\"" + type + "\",\"payload\":{\"n\":1}," + settings + "}")
                    .path("id")
                    .stringValue();
        }

        private JsonNode post(String path, String body) {
            ApiClient.Answer answer = api.post(path, body);
            assertThat(answer.status()).as(answer.toString()).isLessThan(300);
            return answer.body();
        }

        /**
         * The path of an operation, with its variables filled in. Paths about attempts get the message whose delivery
         * was canceled.
         */
        private String path(Operation operation) {
            return operation
                    .path()
                    .replace("{app_id}", "mine")
                    .replace("{endpoint_id}", "main")
                    .replace("{attempt_id}", canceledAttempt)
                    .replace("{event_type_name}", "a.described")
                    .replace("{msg_id}", operation.path().contains("attempt") ? canceledMessage : message);
        }

        /** Sends a request and returns the answer. A DELETE has an empty answer, so the result of a GET is added. */
        String answer(Operation operation, String query) {
            String path = path(operation);
            String body = BODIES.getOrDefault(operation.name(), "");
            ApiClient.Answer answer = api.send(operation.method(), path + query, body);
            return operation.method().equals("DELETE") ? answer + " then " + api.get(path) : answer.toString();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The world for requests that change nothing. */
    private static final World SHARED = new World();

    @AfterAll
    static void close() {
        SHARED.close();
    }

    /** Returns one test for each query parameter of each offered operation. */
    private static Stream<DynamicTest> parameters(BiConsumer<Operation, Parameter> test) throws IOException {
        return SharedData.tests(SPECIFICATION, file -> {
            Specification specification = Specification.read(file);
            Parameters parameters = new Parameters(specification);
            return specification.operations().stream()
                    .filter(operation -> operation.path().startsWith("/api/v1/"))
                    .filter(ParametersTest::isOffered)
                    .flatMap(operation -> parameters.query(operation).stream()
                            .map(parameter -> DynamicTest.dynamicTest(
                                    operation.name() + " " + parameter.name(),
                                    () -> test.accept(operation, parameter))));
        });
    }

    /** Whether the simulator offers an operation, tried with an entity that does not exist. */
    private static boolean isOffered(Operation operation) {
        String path = operation.path().replaceAll("[{}]", "");
        return SHARED.api.send(operation.method(), path, "").status() != 501;
    }

    @TestFactory
    Stream<DynamicTest> everyParameterHasAnEffect() throws IOException {
        return parameters((operation, parameter) -> {
            String name = parameter.name();
            String value = OWN_VALUES.getOrDefault(operation.name() + " " + name, VALUES.get(name));
            assertThat(value).as("the value to try").isNotNull();
            boolean isRead = operation.method().equals("GET");
            try (World without = isRead ? null : new World();
                    World with = isRead ? null : new World()) {
                String usual = Objects.requireNonNullElse(without, SHARED).answer(operation, other(value));
                World changed = Objects.requireNonNullElse(with, SHARED);
                assertThat(changed.answer(operation, "?" + name + "=" + actual(value, operation, changed)))
                        .isNotEqualTo(usual)
                        .contains("status=20");
            }
        });
    }

    /** The query to compare with; for an order, the opposite order. */
    private static String other(String value) {
        return value.equals("{order}") ? "?order=ascending" : "";
    }

    private static String actual(String value, Operation operation, World world) {
        return switch (value) {
            case "{order}" -> "descending";
            case "{iterator}" ->
                URLEncoder.encode(
                        SHARED.api
                                .get(world.path(operation) + "?limit=1")
                                .body()
                                .path("iterator")
                                .stringValue(),
                        StandardCharsets.UTF_8);
            default -> value;
        };
    }

    @TestFactory
    Stream<DynamicTest> everyTypedParameterRejectsOtherValues() throws IOException {
        return parameters((operation, parameter) -> {
            boolean anyText = parameter.schema().path("type").asString("").equals("string")
                            && !parameter.schema().has("enum")
                            && !parameter.schema().has("format")
                    || parameter.schema().path("type").asString("").equals("array");
            if (anyText) {
                return;
            }
            ApiClient.Answer answer = SHARED.api.send(
                    operation.method(),
                    SHARED.path(operation) + "?" + parameter.name() + "=9x",
                    BODIES.getOrDefault(operation.name(), ""));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.body().at("/detail/0/loc")).hasToString("[\"query\",\"" + parameter.name() + "\"]");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/app/mine/attempt/endpoint/main?status=5",
        "/api/v1/app/mine/attempt/endpoint/main?status=-1",
        "/api/v1/app/mine/attempt/endpoint/main?status_code_class=404",
        "/api/v1/app/mine/attempt/endpoint/main?status_code_class=600",
        "/api/v1/app/mine/endpoint/main/msg?status=5",
        "/api/v1/background-task?status=done",
        "/api/v1/background-task?task=endpoint.repair",
        "/api/v1/app?order=random"
    })
    void rejectsUnknownMembersOfEnumerations(String path) {
        assertThat(SHARED.api.get(path).status()).isEqualTo(422);
    }

    @Test
    void rejectsUnknownMembersInABody() {
        for (String field : List.of("status", "statusCodeClass")) {
            ApiClient.Answer answer = SHARED.api.post(
                    "/api/v1/app/mine/endpoint/main/bulk-replay",
                    "{\"since\":\"2026-03-01T00:00:00Z\",\"" + field + "\":42}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/detail/0/loc")).hasToString("[\"body\",\"" + field + "\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/app?nonsense=1, nonsense",
        "/api/v1/app/mine/msg?status=2, status",
        "/api/v1/app/mine/endpoint/main/msg?status_code_class=400, status_code_class"
    })
    void namesAnUndocumentedParameterThatItDoesNotOffer(String path, String name) {
        ApiClient.Answer answer = SHARED.api.get(path);
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.text("/code")).isEqualTo("not_simulated");
        assertThat(answer.text("/detail")).contains(" " + name + " ");
    }

    @Test
    void createsNoMessageIfAParameterIsInvalid() {
        try (World world = new World()) {
            String messages = "/api/v1/app/mine/msg";
            assertThat(world.api
                            .post(messages + "?with_content=maybe", BODIES.get("POST /api/v1/app/{app_id}/msg"))
                            .status())
                    .isEqualTo(422);
            assertThat(world.api.get(messages).body().path("data")).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exclude_apps_with_no_endpoints, mine off play",
        "exclude_apps_with_disabled_endpoints, mine none play",
        "exclude_apps_with_svix_play_endpoints, mine none off"
    })
    void excludesApplicationsByTheirEndpoints(String parameter, String left) {
        assertThat(uids("?" + parameter + "=true")).isEqualTo(left);
        assertThat(uids("?" + parameter + "=false")).isEqualTo("mine none off play");
    }

    private static String uids(String query) {
        return String.join(
                " ",
                SHARED.api
                        .get("/api/v1/app" + query)
                        .body()
                        .path("data")
                        .valueStream()
                        .map(app -> app.path("uid").stringValue())
                        .toList());
    }

    @Test
    void listsTasksByStatusAndKind() {
        String path = "/api/v1/background-task";
        assertThat(SHARED.api.get(path).body().path("data")).hasSize(2);
        JsonNode recoveries =
                SHARED.api.get(path + "?task=endpoint.recover&status=finished").body();
        assertThat(recoveries.path("data")).hasSize(1);
        assertThat(recoveries.at("/data/0/task").stringValue()).isEqualTo("endpoint.recover");
        assertThat(SHARED.api.get(path + "?status=failed").body().path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 0, success", "?expanded_statuses=true, 4, canceled"})
    void showsACanceledAttemptAsSuccessUnlessAskedForAllStatuses(String query, int status, String text) {
        JsonNode attempt = SHARED.api
                .get("/api/v1/app/mine/attempt/endpoint/main" + query)
                .body()
                .at("/data/0");
        assertThat(attempt.path("id").stringValue()).isEqualTo(SHARED.canceledAttempt);
        assertThat(attempt.path("status").intValue()).isEqualTo(status);
        assertThat(attempt.path("statusText").stringValue()).isEqualTo(text);
    }
}
