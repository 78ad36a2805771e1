package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.testing.Judge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Calls an API directly, without HTTP. */
final class Calls {
    private final ClerkBackendApi api;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Calls(ClerkBackendApi api) {
        this.api = api;
        header("authorization", "Bearer " + ClerkBackendApi.SECRET_KEY);
    }

    /** Calls the API of this instance without a rate limit. */
    static Calls of(Simulated simulated) {
        return new Calls(api(simulated));
    }

    /** The API of this instance without a rate limit. */
    static ClerkBackendApi api(Simulated simulated) {
        return new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock);
    }

    Calls header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Calls without(String name) {
        headers.remove(name);
        return this;
    }

    /**
     * Calls the API. Fails if the answer violates Clerk's specification.
     *
     * @param target the path and query, already URL-encoded
     * @param body   the body, as JSON with single quotes; empty for no body
     */
    ApiResponse call(String method, String target, String body) {
        String[] parts = target.split("\\?", 2);
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&", -1)) {
            String[] words = pair.split("=", 2);
            query.computeIfAbsent(words[0], name -> new ArrayList<>()).add(words[1]);
        }
        List<String> path = Arrays.asList(parts[0].substring(1).split("/", -1));
        ApiResponse response = api.handle(new ApiRequest(
                method, path, query, headers, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        Judge.clerk(method, path, response.status(), response.body());
        return response;
    }

    JsonNode get(String target) {
        return ok(call("GET", target, ""));
    }

    JsonNode post(String target, String body) {
        return ok(call("POST", target, body));
    }

    static JsonNode ok(ApiResponse response) {
        if (response.status() != 200) {
            throw new AssertionError(response.status() + " " + response.body());
        }
        return body(response);
    }

    static JsonNode body(ApiResponse response) {
        return Objects.requireNonNull(response.body());
    }

    /** Calls the API and returns the status, code and parameter of the error, separated by spaces. */
    String error(String method, String target, String body) {
        ApiResponse response = call(method, target, body);
        JsonNode error = body(response).at("/errors/0");
        return (response.status() + " " + error.path("code").stringValue() + " "
                        + error.at("/meta/param_name").asString(""))
                .strip();
    }

    /** Returns the values of a key, as strings, from the elements of a plain array or a page. */
    static List<String> texts(JsonNode list, String key) {
        return (list.isArray() ? list : list.path("data"))
                .valueStream()
                .map(each -> each.path(key).asString(""))
                .toList();
    }

    static Set<String> sorted(List<String> texts) {
        return new TreeSet<>(texts);
    }
}
