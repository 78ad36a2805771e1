package io.github.bellhop.simulator;

import io.github.bellhop.simulator.clerk.api.RateLimit;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The simulator's own operations {@code GET} and {@code PUT /simulator/rate-limit}, which show and change the rate
 * limit of the Backend API. Safe for concurrent use.
 */
final class RateLimitApi extends ControlApi {
    private final RateLimit limit;

    /**
     * Creates the API for a limit.
     *
     * @param secretKey the key that clients must send
     */
    RateLimitApi(RateLimit limit, String secretKey) {
        super(secretKey);
        this.limit = limit;
    }

    @Override
    public String prefix() {
        return "/simulator/rate-limit";
    }

    @Override
    ApiResponse answer(ApiRequest request) {
        return switch (request.path().isEmpty() ? request.method() : "") {
            case "GET" -> shown();
            case "PUT" -> change(requests(request));
            default -> refusal(404, "The simulator has only GET and PUT /simulator/rate-limit here.");
        };
    }

    private ApiResponse shown() {
        return ApiResponse.of(200, ApiJson.object().put("requests", limit.most()));
    }

    private ApiResponse change(@Nullable Integer requests) {
        if (requests == null) {
            return refusal(
                    422, "Send {\"requests\":N}, the number of requests to answer in 10 seconds; 0 for no limit.");
        }
        limit.change(requests);
        return shown();
    }

    private static @Nullable Integer requests(ApiRequest request) {
        try {
            JsonNode requests = request.bodyJson().path("requests");
            boolean valid = requests.isIntegralNumber() && requests.canConvertToInt() && requests.intValue() >= 0;
            return valid ? (Integer) requests.intValue() : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
