package io.github.bellhop.simulator;

import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A part of the simulator's own API. Clients send the secret key of the Backend API. Safe for concurrent use. */
abstract class ControlApi implements Api {
    private final byte[] secretKey;

    ControlApi(String secretKey) {
        this.secretKey = secretKey.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public final ApiResponse handle(ApiRequest request) {
        String key = request.bearerToken();
        return key != null && MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), secretKey)
                ? answer(request)
                : refusal(401, "Send the secret key of the Backend API as Authorization: Bearer.");
    }

    /** Answers a request that contains the key. */
    abstract ApiResponse answer(ApiRequest request);

    @Override
    public final ApiResponse refusal(int status, String detail) {
        return refusal(status, "refused", detail);
    }

    static ApiResponse refusal(int status, String code, String detail) {
        return ApiResponse.of(status, ApiJson.object().put("code", code).put("detail", detail));
    }
}
