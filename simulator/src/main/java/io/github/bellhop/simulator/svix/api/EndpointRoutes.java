package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.Endpoint;
import io.github.bellhop.simulator.svix.EndpointSettings;
import io.github.bellhop.simulator.svix.EndpointStats;
import io.github.bellhop.simulator.svix.Endpoints;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /app/{app}/endpoint} but for what sends again. */
final class EndpointRoutes {
    private static final String ONE = "/app/{app}/endpoint/{endpoint}";
    private static final Duration LONGEST_STATS = Duration.ofDays(28);
    private static final Set<String> SENSITIVE = Set.of(
            "x-auth-token",
            "x-api-key",
            "www-authenticate",
            "authorization",
            "proxy-authenticate",
            "proxy-authorization");

    private final SvixService service;
    private final Endpoints endpoints;

    EndpointRoutes(SvixService service) {
        this.service = service;
        this.endpoints = service.endpoints();
    }

    void addTo(Routes routes) {
        routes.on("GET", "/app/{app}/endpoint", this::list)
                .on("POST", "/app/{app}/endpoint", this::create)
                .on("GET", ONE, request -> shown(200, endpoints.get(app(request), id(request))))
                .on("PUT", ONE, this::put)
                .on("PATCH", ONE, this::patch)
                .on("DELETE", ONE, this::delete)
                .on("GET", ONE + "/secret", this::secret)
                .on("POST", ONE + "/secret/rotate", this::rotate)
                .on("GET", ONE + "/headers", this::headers)
                .on("PUT", ONE + "/headers", this::putHeaders)
                .on("PATCH", ONE + "/headers", this::patchHeaders)
                .on("GET", ONE + "/stats", this::stats);
    }

    private ApiResponse list(ApiRequest request) {
        return Shapes.page(endpoints.list(app(request), Queries.page(request)), Shapes::endpoint);
    }

    private ApiResponse create(ApiRequest request) {
        Body body = Body.of(request);
        return shown(
                201,
                endpoints.create(app(request), settings(body), body.textOrNull("secret"), body.metadata("headers")));
    }

    private ApiResponse put(ApiRequest request) {
        EndpointSettings settings = settings(Body.of(request));
        if (endpoints.exists(app(request), id(request))) {
            return shown(200, endpoints.replace(app(request), id(request), settings));
        }
        return shown(
                201, endpoints.create(app(request), settings.uid() == null ? settings.uid(id(request)) : settings));
    }

    private ApiResponse patch(ApiRequest request) {
        ObjectNode now = Shapes.endpoint(endpoints.get(app(request), id(request)));
        now.remove("filterTypes");
        now.remove("rateLimit");
        Body body = Body.of(request).alias("eventTypes", "filterTypes").alias("throttleRate", "rateLimit");
        return shown(200, endpoints.replace(app(request), id(request), settings(body.over(now))));
    }

    private ApiResponse delete(ApiRequest request) {
        endpoints.delete(app(request), id(request));
        return ApiResponse.noContent();
    }

    private ApiResponse secret(ApiRequest request) {
        return ApiResponse.ok(ApiJson.object().put("key", endpoints.secret(app(request), id(request))));
    }

    private ApiResponse rotate(ApiRequest request) {
        Body body = Body.of(request);
        Integer seconds = body.numberOrNull("gracePeriodSeconds");
        Duration grace = seconds == null ? Endpoints.USUAL_GRACE : Duration.ofSeconds(seconds);
        endpoints.rotateSecret(app(request), id(request), body.textOrNull("key"), grace);
        return ApiResponse.noContent();
    }

    private ApiResponse headers(ApiRequest request) {
        ObjectNode body = ApiJson.object();
        ObjectNode shown = body.putObject("headers");
        ArrayNode hidden = body.putArray("sensitive");
        new TreeMap<>(endpoints.headers(app(request), id(request))).forEach((name, value) -> {
            if (SENSITIVE.contains(name.toLowerCase(Locale.ROOT))) {
                hidden.add(name);
            } else {
                shown.put(name, value);
            }
        });
        return ApiResponse.ok(body);
    }

    private ApiResponse putHeaders(ApiRequest request) {
        endpoints.headers(app(request), id(request), Body.of(request).metadata("headers"));
        return ApiResponse.noContent();
    }

    private ApiResponse patchHeaders(ApiRequest request) {
        Body body = Body.of(request);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(endpoints.headers(app(request), id(request)));
        body.texts("deleteHeaders").forEach(headers::remove);
        body.textMap("headers").forEach((name, value) -> {
            headers.remove(name);
            if (value != null) {
                headers.put(name, value);
            }
        });
        endpoints.headers(app(request), id(request), headers);
        return ApiResponse.noContent();
    }

    private ApiResponse stats(ApiRequest request) {
        Instant now = service.now();
        Instant until = Queries.time(request, "until");
        Instant end = until == null ? now : until;
        Instant since = Queries.time(request, "since");
        Instant start = since == null ? end.minus(LONGEST_STATS) : since;
        if (end.isAfter(now)
                || start.isAfter(end)
                || Duration.between(start, end).compareTo(LONGEST_STATS) > 0) {
            throw SvixException.badRequest("invalid_range", "The range is to end by now and to be of 28 days at most");
        }
        EndpointStats stats = service.attempts().stats(app(request), id(request), start, end);
        return ApiResponse.ok(ApiJson.object()
                .put("success", stats.success())
                .put("pending", stats.pending())
                .put("sending", stats.sending())
                .put("fail", stats.fail())
                .put("canceled", stats.canceled()));
    }

    private static EndpointSettings settings(Body given) {
        Body body = given.alias("eventTypes", "filterTypes").alias("throttleRate", "rateLimit");
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

    private static String app(ApiRequest request) {
        return request.variable("app");
    }

    private static String id(ApiRequest request) {
        return request.variable("endpoint");
    }

    private static ApiResponse shown(int status, Endpoint endpoint) {
        return ApiResponse.of(status, Shapes.endpoint(endpoint));
    }
}
