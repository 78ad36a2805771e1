package io.github.bellhop.simulator.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Maps methods and paths to functions that answer requests. If two routes match, the one added first wins: add
 * {@code /users/count} before {@code /users/{user_id}}. Not safe for concurrent use while routes are added.
 *
 * @param <C> the request type that the functions receive
 * @hidden
 */
public final class Routes<C> {
    private final List<Route> routes;
    private final BiFunction<ApiRequest, Map<String, String>, C> reader;
    private final Consumer<C> check;

    /**
     * Creates an empty set of routes.
     *
     * @param reader converts a request and the values of the route's variables to a {@code C}
     */
    public Routes(BiFunction<ApiRequest, Map<String, String>, C> reader) {
        this(reader, answered -> {});
    }

    /**
     * Creates an empty set of routes that checks each request after it has been answered.
     *
     * @param check throws if the answer must not be sent
     */
    public Routes(BiFunction<ApiRequest, Map<String, String>, C> reader, Consumer<C> check) {
        this(new ArrayList<>(), reader, check);
    }

    private Routes(List<Route> routes, BiFunction<ApiRequest, Map<String, String>, C> reader, Consumer<C> check) {
        this.routes = routes;
        this.reader = reader;
        this.check = check;
    }

    /** Returns a view of these routes. Routes added through it use another reader, which may reject requests. */
    public Routes<C> readBy(BiFunction<ApiRequest, Map<String, String>, C> other) {
        return new Routes<>(routes, other, check);
    }

    private record Route(
            String method, List<String> pattern, BiFunction<ApiRequest, Map<String, String>, ApiResponse> answer) {
        /** The values of the variables; null if the path does not match. */
        @Nullable
        Map<String, String> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return null;
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String wanted = pattern.get(i);
                if (wanted.startsWith("{")) {
                    values.put(wanted.substring(1, wanted.length() - 1), path.get(i));
                } else if (!wanted.equals(path.get(i))) {
                    return null;
                }
            }
            return values;
        }
    }

    /** Adds a GET route that answers 200 with JSON. The path excludes the API's prefix: {@code /users/{user_id}}. */
    public Routes<C> get(String path, Function<C, JsonNode> answer) {
        return on("GET", path, 200, answer);
    }

    /** Adds a POST route that answers 200 with JSON. */
    public Routes<C> post(String path, Function<C, JsonNode> answer) {
        return on("POST", path, 200, answer);
    }

    /** Adds a PUT route that answers 200 with JSON. */
    public Routes<C> put(String path, Function<C, JsonNode> answer) {
        return on("PUT", path, 200, answer);
    }

    /** Adds a PATCH route that answers 200 with JSON. */
    public Routes<C> patch(String path, Function<C, JsonNode> answer) {
        return on("PATCH", path, 200, answer);
    }

    /** Adds a DELETE route that answers 200 with JSON. */
    public Routes<C> delete(String path, Function<C, JsonNode> answer) {
        return on("DELETE", path, 200, answer);
    }

    /** Adds a route that answers with this status and JSON. */
    public Routes<C> on(String method, String path, int status, Function<C, JsonNode> answer) {
        return on(method, path, call -> ApiResponse.of(status, answer.apply(call)));
    }

    /** Adds a route that answers 204. */
    public Routes<C> gone(String method, String path, Consumer<C> work) {
        return on(method, path, call -> {
            work.accept(call);
            return ApiResponse.noContent();
        });
    }

    /** Adds a route that builds its own answer. */
    public Routes<C> on(String method, String path, Function<C, ApiResponse> answer) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        routes.add(new Route(method, segments, (request, values) -> {
            C read = reader.apply(request, values);
            ApiResponse response = answer.apply(read);
            check.accept(read);
            return response;
        }));
        return this;
    }

    /** Answers a request; returns null if no route matches its method and path. */
    public @Nullable ApiResponse handle(ApiRequest request) {
        for (Route route : routes) {
            if (route.method().equals(request.method())) {
                Map<String, String> values = route.match(request.path());
                if (values != null) {
                    return route.answer().apply(request, values);
                }
            }
        }
        return null;
    }
}
