package io.github.bellhop.simulator.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a request.
 *
 * @param status  the HTTP status
 * @param body    the JSON body, whose keys are written in insertion order; null for an answer without a body
 * @param headers the headers in addition to those that every answer has
 * @hidden
 */
public record ApiResponse(int status, @Nullable JsonNode body, Map<String, String> headers) {
    /** Copies the headers. */
    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /** Creates an answer with a body. */
    public static ApiResponse of(int status, JsonNode body) {
        return new ApiResponse(status, body, Map.of());
    }

    /** Creates an answer with status 204. */
    public static ApiResponse noContent() {
        return new ApiResponse(204, null, Map.of());
    }

    /** Returns a copy with an additional header. */
    public ApiResponse header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ApiResponse(status, body, all);
    }
}
