package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.util.List;

/**
 * Svix's API below {@code /api/v1}. It takes one token for everything, and the tokens of portals for single
 * applications. Safe for concurrent use.
 */
public final class SvixApi implements Api {
    /** The token unless told otherwise. */
    public static final String DEFAULT_TOKEN = "testsk_simulator";

    private final Routes routes = new Routes();
    private final TokenGate gate;
    private final IdempotencyKeys keys;

    /** The API of a service, with the token {@value #DEFAULT_TOKEN}. */
    public SvixApi(SvixService service) {
        this(service, DEFAULT_TOKEN);
    }

    /** The API of a service, with a token of one's own. */
    public SvixApi(SvixService service, String token) {
        gate = new TokenGate(service, token);
        keys = new IdempotencyKeys(service::now);
        new ApplicationRoutes(service.applications()).addTo(routes);
        new EndpointRoutes(service).addTo(routes);
        new ReplayRoutes(service).addTo(routes);
        new EventTypeRoutes(service.eventTypes()).addTo(routes);
        new MessageRoutes(service).addTo(routes);
        new AttemptRoutes(service).addTo(routes);
        new PortalRoutes(service.portals()).addTo(routes);
    }

    @Override
    public String prefix() {
        return "/api/v1";
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        if (request.path().equals(List.of("health"))) {
            return ApiResponse.noContent();
        }
        ApiResponse refusal = gate.refusal(request);
        return refusal != null ? refusal : keys.once(request, () -> answer(request));
    }

    private ApiResponse answer(ApiRequest request) {
        try {
            ApiResponse answer = routes.handle(request);
            if (answer != null) {
                return answer;
            }
            return routes.methods(request.path()).isEmpty()
                    ? Shapes.problem(404, "not_found", "Entity not found")
                    : Shapes.problem(405, "method_not_allowed", "This path has another method");
        } catch (SvixException refused) {
            return Shapes.refused(refused);
        }
    }
}
