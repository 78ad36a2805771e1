package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clerk's Backend API over a pretend instance. What it changes, it changes as the instance's own methods do, with the
 * same events. Errors have Clerk's shape, whatever the request is. Safe for concurrent use.
 */
public final class ClerkBackendApi implements Api {
    /** The key of the simulator unless it is given another. */
    public static final String SECRET_KEY = "sk_test_simulator";

    private final byte[] secretKey;
    private final RateLimit rateLimit;
    private final AtomicLong refusals = new AtomicLong();
    private final Routes<Call> routes = new Routes<>(Call::new);

    /**
     * The API of an instance.
     *
     * @param secretKey the key that clients have to send
     * @param requests  how many are answered in ten seconds; 0 for any number
     * @param clock     measures the ten seconds
     */
    public ClerkBackendApi(ClerkInstance instance, String secretKey, int requests, InstantSource clock) {
        this.secretKey = secretKey.getBytes(StandardCharsets.UTF_8);
        rateLimit = new RateLimit(requests, clock);
        new UserRoutes(instance).addTo(routes);
        new OrganizationRoutes(instance).addTo(routes);
        new InstanceRoutes(instance).addTo(routes);
    }

    @Override
    public String prefix() {
        return "/v1";
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        try {
            admit(request);
            long seconds = rateLimit.secondsToWait();
            if (seconds > 0) {
                return refusal(tooMany(seconds)).header("Retry-After", Long.toString(seconds));
            }
            ApiVersions.of(request);
            ApiResponse response = routes.handle(request);
            if (response == null) {
                // Not 404: a client that keeps a copy in step would take the entity for deleted.
                throw ClerkRefusedException.of(
                        501,
                        "not_simulated",
                        "not simulated",
                        "The simulator does not offer " + request.method() + " /v1/" + String.join("/", request.path())
                                + ". See docs/simulator.md for what it offers.");
            }
            return response;
        } catch (ClerkRefusedException refused) {
            return refusal(refused);
        }
    }

    private void admit(ApiRequest request) {
        String key = request.bearerToken();
        if (key == null) {
            throw ClerkRefusedException.of(
                    401,
                    "authentication_invalid",
                    "Invalid authentication",
                    "Send the secret key as Authorization: Bearer.");
        }
        if (!MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), secretKey)) {
            throw ClerkRefusedException.of(
                    401,
                    "clerk_key_invalid",
                    "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
                    "The simulator has another secret key.");
        }
    }

    private static ClerkRefusedException tooMany(long seconds) {
        return ClerkRefusedException.of(
                429,
                "too_many_requests",
                "Too many requests. Please try again in a bit.",
                "Too many requests. Please try again in " + seconds + " s.");
    }

    /** A refusal in Clerk's shape, with a number by which it can be found again. */
    private ApiResponse refusal(ClerkRefusedException refused) {
        ObjectNode body = ApiJson.object();
        ObjectNode error = body.putArray("errors")
                .addObject()
                .put("message", refused.shortMessage())
                .put("long_message", refused.getMessage())
                .put("code", refused.clerkCode());
        if (refused.parameter() != null) {
            error.putObject("meta").put("param_name", refused.parameter());
        }
        body.put("clerk_trace_id", "%032x".formatted(refusals.incrementAndGet()));
        return ApiResponse.of(refused.status(), body);
    }

    /** Counts requests in windows of ten seconds, the first of which begins with the first request. */
    private static final class RateLimit {
        private static final long WINDOW = 10_000;

        private final int most;
        private final InstantSource clock;
        private long begin;
        private int count;

        /**
         * A limit.
         *
         * @param most requests in a window; 0 for any number
         */
        RateLimit(int most, InstantSource clock) {
            this.most = most;
            this.clock = clock;
            this.begin = Long.MIN_VALUE / 2;
        }

        /** Counts a request; gives in how many seconds to come again if it is one too many, and 0 if it is not. */
        synchronized long secondsToWait() {
            if (most == 0) {
                return 0;
            }
            long now = clock.millis();
            if (now - begin >= WINDOW) {
                begin = now;
                count = 0;
            }
            count++;
            return count <= most ? 0 : Math.max(1, (begin + WINDOW - now + 999) / 1000);
        }
    }
}
