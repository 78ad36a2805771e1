package io.github.bellhop.simulator.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One request to an API, read to its end. Immutable.
 *
 * @param method    in upper case
 * @param path      the decoded segments behind the API's prefix
 * @param query     decoded values by decoded name, in the order of the URL
 * @param headers   the first value of each header, by its name in lower case
 * @param body      empty when there is none; not copied
 * @hidden
 */
@SuppressWarnings("ArrayRecordComponent")
public record ApiRequest(
        String method, List<String> path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {
    /** Copies what is many. */
    public ApiRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
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
