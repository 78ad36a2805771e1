package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Page;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what requests carry, and writes lists in the one shape or the other. */
final class Bodies {
    private Bodies() {}

    /** The parameters in a body; none where there is no body. */
    static ObjectNode object(ApiRequest request) {
        if (!request.hasBody()) {
            return ApiJson.object();
        }
        if (read(request) instanceof ObjectNode object) {
            return object;
        }
        throw invalid();
    }

    /** The list of parameters in a body. */
    static List<ObjectNode> objects(ApiRequest request) {
        List<ObjectNode> objects = new ArrayList<>();
        if (request.hasBody() && read(request) instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (!(element instanceof ObjectNode object)) {
                    throw invalid();
                }
                objects.add(object);
            }
            return objects;
        }
        throw invalid();
    }

    private static JsonNode read(ApiRequest request) {
        try {
            return request.bodyJson();
        } catch (JacksonException malformed) {
            throw invalid();
        }
    }

    private static ClerkRefusedException invalid() {
        return ClerkRefusedException.of(
                400, "request_body_invalid", "Request body invalid", "The request body is invalid: it must be JSON.");
    }

    /** A page as a bare array. */
    static ApiResponse array(Page page) {
        ArrayNode array = ApiJson.array();
        page.rows().forEach(array::add);
        return ApiResponse.ok(array);
    }

    /** A page with the number of all. */
    static ApiResponse counted(Page page) {
        ObjectNode body = ApiJson.object();
        page.rows().forEach(body.putArray("data")::add);
        return ApiResponse.ok(body.put("total_count", page.total()));
    }

    /** A page as a bare array, unless the request asks for the number of all by {@code paginated=true}. */
    static ApiResponse arrayUnlessPaginated(ApiRequest request, Page page) {
        return "true".equals(request.query("paginated")) ? counted(page) : array(page);
    }
}
