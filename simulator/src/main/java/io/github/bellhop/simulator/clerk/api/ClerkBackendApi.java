package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Clerk's Backend API over a pretend instance. What it changes, it changes as the instance's own methods do, with the
 * same events. Errors have Clerk's shape, whatever the request is. Safe for concurrent use.
 */
public final class ClerkBackendApi implements Api {
    private final byte[] secretKey;
    private final RateLimit rateLimit;
    private final Errors errors = new Errors();
    private final Routes routes = new Routes();

    /** The API of an instance. */
    public ClerkBackendApi(ClerkInstance instance, BackendApiSettings settings) {
        secretKey = settings.secretKey().getBytes(StandardCharsets.UTF_8);
        rateLimit = new RateLimit(settings.rateLimit(), settings.clock());
        new UserRoutes(instance).addTo(routes);
        new IdentificationRoutes("/email_addresses", instance.emailAddresses()).addTo(routes);
        new IdentificationRoutes("/phone_numbers", instance.phoneNumbers()).addTo(routes);
        new OrganizationRoutes(instance).addTo(routes);
        new MembershipRoutes(instance).addTo(routes);
        new InvitationRoutes(instance).addTo(routes);
        new DomainRoutes(instance).addTo(routes);
        new RoleRoutes(instance).addTo(routes);
        new PermissionRoutes(instance).addTo(routes);
        new SessionRoutes(instance).addTo(routes);
        new WaitlistRoutes(instance).addTo(routes);
        new BillingRoutes(instance).addTo(routes);
    }

    @Override
    public String prefix() {
        return "/v1";
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        try {
            ApiResponse refusal = refusal(request);
            return refusal != null ? refusal : route(request);
        } catch (ClerkRefusedException refused) {
            return errors.of(refused);
        }
    }

    private ApiResponse route(ApiRequest request) {
        ApiVersions.of(request);
        ApiResponse response = routes.handle(request);
        if (response == null) {
            return errors.of(ClerkRefusedException.of(
                    404,
                    "resource_not_found",
                    "not found",
                    "There is nothing at " + request.method() + " /v1/" + String.join("/", request.path()) + "."));
        }
        return response;
    }

    private @Nullable ApiResponse refusal(ApiRequest request) {
        String key = request.bearerToken();
        if (key == null) {
            return errors.of(ClerkRefusedException.of(
                    401,
                    "authentication_invalid",
                    "Invalid authentication",
                    "Send the secret key as Authorization: Bearer."));
        }
        if (!MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), secretKey)) {
            return errors.of(ClerkRefusedException.of(
                    401,
                    "clerk_key_invalid",
                    "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
                    "The simulator has another secret key."));
        }
        long seconds = rateLimit.secondsToWait();
        return seconds == 0
                ? null
                : errors.of(ClerkRefusedException.of(
                                429,
                                "too_many_requests",
                                "Too many requests. Please try again in a bit.",
                                "Too many requests. Please try again in " + seconds + " s."))
                        .header("Retry-After", Long.toString(seconds));
    }
}
