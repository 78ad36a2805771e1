package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkError;
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
 * Clerk's Backend API for a simulated instance. Changes made through it emit the same events as those made through the
 * instance's methods. Every error has Clerk's shape. Safe for concurrent use.
 */
public final class ClerkBackendApi implements Api {
    /** The default secret key. */
    public static final String SECRET_KEY = "sk_test_simulator";

    private final byte[] secretKey;
    private final RateLimit rateLimit;
    private final AtomicLong refusals = new AtomicLong();
    private final Routes<Call> routes = new Routes<>(Call::new, Call::requireAllRead);

    /**
     * Creates the API of an instance.
     *
     * @param secretKey the key that clients must send
     * @param requests  the number of requests that are accepted in ten seconds; 0 for no limit
     * @param clock     the clock for the ten seconds
     */
    public ClerkBackendApi(ClerkInstance instance, String secretKey, int requests, InstantSource clock) {
        this.secretKey = secretKey.getBytes(StandardCharsets.UTF_8);
        rateLimit = new RateLimit(requests, clock);
        new UserPartRoutes(instance).addTo(routes);
        new UserRoutes(instance).addTo(routes);
        new OrganizationPartRoutes(instance).addTo(routes);
        new BillingRoutes(instance).addTo(routes);
        new SettingsRoutes(instance.settings()).addTo(routes);
        new OrganizationRoutes(instance).addTo(routes);
        new InstanceRoutes(instance).addTo(routes);
    }

    /** Adds the operations on the instance's Svix application. Must be called before the first request. */
    public ClerkBackendApi manage(WebhookApplication application) {
        SettingsRoutes.addTo(routes, application);
        return this;
    }

    /** The limit on requests, which can be changed at any time. */
    public RateLimit rateLimit() {
        return rateLimit;
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
                // Not 404: a client that synchronizes a copy would conclude that the entity was deleted.
                throw ClerkRefusedException.notSimulated("The simulator does not offer " + request.method() + " /v1/"
                        + String.join("/", request.path()) + ". See docs/simulator-operations.md for what it offers.");
            }
            return response;
        } catch (ClerkRefusedException refused) {
            return refusal(refused);
        }
    }

    @Override
    public ApiResponse refusal(int status, String detail) {
        return refusal(
                status == 413
                        ? ClerkError.BODY_TOO_LARGE.because(detail)
                        : ClerkRefusedException.of(status, "refused", detail, detail));
    }

    private void admit(ApiRequest request) {
        String key = request.bearerToken();
        if (key == null) {
            throw request.header("authorization") == null
                    ? ClerkError.AUTHENTICATION_INVALID.because("Send the secret key as Authorization: Bearer.")
                    : ClerkError.AUTHORIZATION_FORMAT.because(
                            "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'");
        }
        if (!MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), secretKey)) {
            throw ClerkError.KEY_INVALID.because("This is not the simulator's secret key.");
        }
    }

    private static ClerkRefusedException tooMany(long seconds) {
        return ClerkError.TOO_MANY_REQUESTS.because("Too many requests. Please try again in " + seconds + " s.");
    }

    /** An error in Clerk's shape, with a trace id. */
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
}
