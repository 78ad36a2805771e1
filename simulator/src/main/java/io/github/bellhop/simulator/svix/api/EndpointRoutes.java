package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.AttemptStatus;
import io.github.bellhop.simulator.svix.Endpoint;
import io.github.bellhop.simulator.svix.EndpointSettings;
import io.github.bellhop.simulator.svix.Endpoints;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes under {@code /app/{app}/endpoint}, except those that resend messages. */
final class EndpointRoutes {
    private static final String ALL = "/app/{app}/endpoint";
    private static final String ONE = ALL + "/{endpoint}";
    private static final Duration MAX_STATS_RANGE = Duration.ofDays(28);
    private static final List<AttemptStatus> SHOWN_STATS = List.of(
            AttemptStatus.SUCCESS,
            AttemptStatus.PENDING,
            AttemptStatus.SENDING,
            AttemptStatus.FAIL,
            AttemptStatus.CANCELED);
    private static final Set<String> SENSITIVE =
            Set.of("x-auth-token x-api-key www-authenticate authorization proxy-authenticate proxy-authorization"
                    .split(" ", -1));

    private final SvixService service;
    private final Endpoints endpoints;

    EndpointRoutes(SvixService service) {
        this.service = service;
        this.endpoints = service.endpoints();
    }

    void addTo(Routes<Call> paths) {
        paths.get(ALL, call -> Shapes.page(endpoints.list(call.app(), call.page()), Shapes::endpoint))
                .on("POST", ALL, 201, this::create)
                .get(ONE, call -> Shapes.endpoint(endpoints.get(call.app(), call.endpoint())))
                .on("PUT", ONE, this::put)
                .patch(ONE, this::patch)
                .gone("DELETE", ONE, call -> endpoints.delete(call.app(), call.endpoint()))
                .get(
                        ONE + "/secret",
                        call -> ApiJson.object().put("key", endpoints.secret(call.app(), call.endpoint())))
                .gone("POST", ONE + "/secret/rotate", this::rotate)
                .get(ONE + "/headers", this::headers)
                .gone(
                        "PUT",
                        ONE + "/headers",
                        call -> endpoints.headers(
                                call.app(), call.endpoint(), call.body().metadata("headers")))
                .gone("PATCH", ONE + "/headers", this::patchHeaders)
                .get(ONE + "/stats", this::stats);
    }

    private JsonNode create(Call call) {
        Body body = body(call);
        return Shapes.endpoint(
                endpoints.create(call.app(), settings(body), body.textOrNull("secret"), body.metadata("headers")));
    }

    private ApiResponse put(Call call) {
        EndpointSettings settings = settings(body(call));
        return endpoints.exists(call.app(), call.endpoint())
                ? shown(200, endpoints.replace(call.app(), call.endpoint(), settings))
                : shown(201, endpoints.create(call.app(), settings.orUid(call.endpoint())));
    }

    private JsonNode patch(Call call) {
        EndpointSettings now = endpoints.get(call.app(), call.endpoint()).settings();
        EndpointSettings then = settings(body(call).over(ApiJson.tree(now)));
        return Shapes.endpoint(endpoints.replace(call.app(), call.endpoint(), then));
    }

    /** The body, with old field names replaced by the current ones. */
    private static Body body(Call call) {
        return call.body().alias("eventTypes", "filterTypes").alias("throttleRate", "rateLimit");
    }

    private void rotate(Call call) {
        Body body = call.body();
        Integer seconds = body.numberOrNull("gracePeriodSeconds");
        Duration grace = seconds == null ? Endpoints.USUAL_GRACE : Duration.ofSeconds(seconds);
        endpoints.rotateSecret(call.app(), call.endpoint(), body.textOrNull("key"), grace);
    }

    private JsonNode headers(Call call) {
        ObjectNode body = ApiJson.object();
        ObjectNode shown = body.putObject("headers");
        ArrayNode hidden = body.putArray("sensitive");
        new TreeMap<>(endpoints.headers(call.app(), call.endpoint())).forEach((name, value) -> {
            if (SENSITIVE.contains(name.toLowerCase(Locale.ROOT))) {
                hidden.add(name);
            } else {
                shown.put(name, value);
            }
        });
        return body;
    }

    private void patchHeaders(Call call) {
        Body body = call.body();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(endpoints.headers(call.app(), call.endpoint()));
        body.texts("deleteHeaders").forEach(headers::remove);
        body.textMap("headers").forEach((name, value) -> {
            headers.remove(name);
            if (value != null) {
                headers.put(name, value);
            }
        });
        endpoints.headers(call.app(), call.endpoint(), headers);
    }

    private JsonNode stats(Call call) {
        Instant now = service.now();
        Instant until = call.time("until");
        Instant end = until == null ? now : until;
        Instant since = call.time("since");
        Instant start = since == null ? end.minus(MAX_STATS_RANGE) : since;
        if (end.isAfter(now)
                || start.isAfter(end)
                || Duration.between(start, end).compareTo(MAX_STATS_RANGE) > 0) {
            throw SvixException.badRequest(
                    "invalid_range", "The range must not end in the future and must not exceed 28 days");
        }
        Map<AttemptStatus, Long> stats = service.attempts().stats(call.app(), call.endpoint(), start, end);
        ObjectNode json = ApiJson.object();
        SHOWN_STATS.forEach(status -> json.put(status.wireName(), stats.getOrDefault(status, 0L)));
        return json;
    }

    private static EndpointSettings settings(Body body) {
        return new EndpointSettings(
                body.text("url"),
                body.text("description", ""),
                body.textOrNull("uid"),
                body.flag("disabled"),
                body.textsOrNull("eventTypes"),
                body.textsOrNull("channels"),
                body.numberOrNull("throttleRate"),
                body.metadata("metadata"));
    }

    private static ApiResponse shown(int status, Endpoint endpoint) {
        return ApiResponse.of(status, Shapes.endpoint(endpoint));
    }
}
