package io.github.bellhop.simulator.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One complete request to an API. Immutable.
 *
 * @param method    in upper case
 * @param path      the decoded segments after the API's prefix
 * @param query     the decoded values of each parameter by its decoded name, in the order of the URL
 * @param headers   the first value of each header, by lower-case name
 * @param body      the body, which is empty if the request has no body; not copied
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent")
public record ApiRequest(
        String method, List<String> path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {
    /** Copies the collections. */
    public ApiRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The first value of a query parameter; null if it is missing. */
    public @Nullable String query(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values of a query parameter, including those sent as {@code name[]}. Values are not split at commas. */
    public List<String> queryAll(String name) {
        List<String> values = query.get(name);
        return values != null ? values : query.getOrDefault(name + "[]", List.of());
    }

    /** The first value of a header; null if it is missing. The name is case-insensitive. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The bearer token in the {@code Authorization} header; null if it is missing. */
    public @Nullable String bearerToken() {
        String value = header("authorization");
        return value != null && value.regionMatches(true, 0, "Bearer ", 0, 7)
                ? value.substring(7).strip()
                : null;
    }

    /** Whether the request has a body. */
    public boolean hasBody() {
        return body.length > 0;
    }

    /**
     * The body as JSON.
     *
     * @throws JacksonException if the body is not valid JSON
     */
    public JsonNode bodyJson() {
        return ApiJson.read(body);
    }

    /** Only the method and the path; the query, headers and body may contain secrets. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", path);
    }
}
