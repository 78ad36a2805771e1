package io.github.bellhop.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One request to an API, read to its end. Immutable.
 *
 * @hidden
 */
public final class ApiRequest {
    private final String method;
    private final List<String> path;
    private final Map<String, List<String>> query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Map<String, String> variables;

    /**
     * A request.
     *
     * @param method  in upper case
     * @param path    the decoded segments behind the API's prefix
     * @param query   decoded values by decoded name, in the order of the URL
     * @param headers the first value of each header, by its name in lower case
     * @param body    empty when there is none; not copied
     */
    public ApiRequest(
            String method,
            List<String> path,
            Map<String, List<String>> query,
            Map<String, String> headers,
            byte[] body) {
        this(method, List.copyOf(path), Map.copyOf(query), Map.copyOf(headers), body, Map.of());
    }

    private ApiRequest(
            String method,
            List<String> path,
            Map<String, List<String>> query,
            Map<String, String> headers,
            byte[] body,
            Map<String, String> variables) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.variables = variables;
    }

    /** The same with the values of a route's variables. */
    ApiRequest with(Map<String, String> values) {
        return new ApiRequest(method, path, query, headers, body, Map.copyOf(values));
    }

    /** The method, in upper case. */
    public String method() {
        return method;
    }

    /** The decoded segments of the path behind the API's prefix. */
    public List<String> path() {
        return path;
    }

    /**
     * The value of a variable of the route that was taken.
     *
     * @throws NullPointerException when the route has no such variable
     */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** The first value of a query parameter; null when there is none. */
    public @Nullable String query(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values of a query parameter, also of {@code name[]}; those with commas in them are not split. */
    public List<String> queryAll(String name) {
        List<String> values = query.get(name);
        return values != null ? values : query.getOrDefault(name + "[]", List.of());
    }

    /** Whether the query has such a parameter at all. */
    public boolean hasQuery(String name) {
        return query.containsKey(name);
    }

    /** The first value of a header, whose name is of any case; null when there is none. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The token of {@code Authorization: Bearer}; null when there is none. */
    public @Nullable String bearerToken() {
        String value = header("authorization");
        return value != null && value.regionMatches(true, 0, "Bearer ", 0, 7)
                ? value.substring(7).strip()
                : null;
    }

    /** Whether a body came. */
    public boolean hasBody() {
        return body.length > 0;
    }

    /** The body as text. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON.
     *
     * @throws JacksonException when it is none
     */
    public JsonNode bodyJson() {
        return ApiJson.read(body);
    }

    /** Method and path; no query, header or body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", path);
    }
}
