package io.github.bellhop.simulator.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which method answers which path. Of two routes that fit a path the one that was added first is taken, so that fixed
 * segments are added before variables. Not safe for concurrent use while routes are added.
 *
 * @hidden
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, List<String> pattern, Function<ApiRequest, ApiResponse> answer) {
        /** The variables' values; null when the path is another one. */
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

    /**
     * Adds a route.
     *
     * @param method  in upper case
     * @param pattern the path behind the API's prefix, with variables in braces: {@code /users/{user_id}}
     */
    public Routes on(String method, String pattern, Function<ApiRequest, ApiResponse> answer) {
        List<String> segments =
                pattern.equals("/") ? List.of() : List.of(pattern.substring(1).split("/", -1));
        routes.add(new Route(method, segments, answer));
        return this;
    }

    /** Answers a request by its route; null when its path with its method is none. */
    public @Nullable ApiResponse handle(ApiRequest request) {
        for (Route route : routes) {
            if (route.method().equals(request.method())) {
                Map<String, String> values = route.match(request.path());
                if (values != null) {
                    return route.answer().apply(request.with(values));
                }
            }
        }
        return null;
    }

    /** The methods that a path has; empty when the path is none. */
    public Set<String> methods(List<String> path) {
        Set<String> methods = new LinkedHashSet<>();
        for (Route route : routes) {
            if (route.match(path) != null) {
                methods.add(route.method());
            }
        }
        return methods;
    }
}
