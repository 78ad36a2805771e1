package io.github.bellhop.simulator;

import io.github.bellhop.simulator.clerk.api.RateLimit;
import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The simulator's own {@code GET} and {@code PUT /simulator/rate-limit}: shows and changes the limit of the Backend API.
 * Clients send the secret key of the Backend API. Safe for concurrent use.
 */
final class RateLimitApi implements Api {
    private final RateLimit limit;
    private final byte[] secretKey;

    /**
     * Creates the API of a limit.
     *
     * @param secretKey the key that clients must send
     */
    RateLimitApi(RateLimit limit, String secretKey) {
        this.limit = limit;
        this.secretKey = secretKey.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String prefix() {
        return "/simulator/rate-limit";
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        String key = request.bearerToken();
        if (key == null || !MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), secretKey)) {
            return refusal(401, "Send the secret key of the Backend API as Authorization: Bearer.");
        }
        return switch (request.path().isEmpty() ? request.method() : "") {
            case "GET" -> shown();
            case "PUT" -> change(requests(request));
            default -> refusal(404, "The simulator has only GET and PUT /simulator/rate-limit here.");
        };
    }

    @Override
    public ApiResponse refusal(int status, String detail) {
        return ApiResponse.of(status, ApiJson.object().put("code", "refused").put("detail", detail));
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
