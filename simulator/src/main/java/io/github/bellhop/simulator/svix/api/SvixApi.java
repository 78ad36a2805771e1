package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Svix's API under {@code /api/v1}. One token gives access to everything; portal tokens give access to one application.
 * Safe for concurrent use.
 */
public final class SvixApi implements Api {
    /** The default token. */
    public static final String DEFAULT_TOKEN = "testsk_simulator";

    private final Routes<Call> routes = new Routes<>(Call::new, Call::requireAllRead);
    private final SvixService service;
    private final byte[] token;
    private final IdempotencyKeys keys;

    /** Creates the API of a service with the token {@value #DEFAULT_TOKEN}. */
    public SvixApi(SvixService service) {
        this(service, DEFAULT_TOKEN);
    }

    /** Creates the API of a service with this token. */
    public SvixApi(SvixService service, String token) {
        this.service = service;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        keys = new IdempotencyKeys(service::now);
        new CatalogRoutes(service).addTo(routes);
        new EndpointRoutes(service).addTo(routes);
        new ReplayRoutes(service).addTo(routes);
        new MessageRoutes(service).addTo(routes);
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
        ApiResponse refusal = refusal(request);
        return refusal != null ? refusal : keys.once(request, () -> answer(request));
    }

    @Override
    public ApiResponse refusal(int status, String detail) {
        return Shapes.problem(status, "refused", detail);
    }

    private ApiResponse answer(ApiRequest request) {
        try {
            ApiResponse answer = routes.handle(request);
            if (answer == null) {
                // Not 404, which would mean that an entity does not exist.
                throw SvixException.notSimulated("The simulator does not offer " + request.method() + " /api/v1/"
                        + String.join("/", request.path()) + ".");
            }
            return answer;
        } catch (SvixException refused) {
            return Shapes.refused(refused);
        }
    }

    /**
     * The answer that rejects a request; null if the request is accepted. A portal token gives access only to its
     * application.
     */
    private @Nullable ApiResponse refusal(ApiRequest request) {
        String given = request.bearerToken();
        if (given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
            return null;
        }
        String application = given == null ? null : service.portals().applicationOf(given);
        if (application == null) {
            return Shapes.problem(401, "authentication_failed", "Invalid token");
        }
        return isOpenTo(application, request)
                ? null
                : Shapes.problem(403, "insufficient access", "Insufficient access for the given operation.");
    }

    private boolean isOpenTo(String application, ApiRequest request) {
        List<String> path = request.path();
        return switch (path.isEmpty() ? "" : path.get(0)) {
            case "app" ->
                path.size() > 2
                        && service.applications().exists(path.get(1))
                        && service.applications().get(path.get(1)).id().equals(application);
            case "event-type" -> request.method().equals("GET");
            case "auth" -> path.equals(List.of("auth", "logout"));
            default -> false;
        };
    }

    /**
     * Repeats the first answer to a POST with the same idempotency key, for 12 hours. Only successful answers are kept,
     * and only the newest {@value #MAX_ANSWERS}. POSTs with a key are serialized, so two with the same key never overlap.
     */
    private static final class IdempotencyKeys {
        private static final Duration RETENTION = Duration.ofHours(12);
        private static final int MAX_ANSWERS = 2_000;

        private final InstantSource clock;
        private final Map<Key, Kept> answers = new LinkedHashMap<>();

        private record Key(@Nullable String token, String key, String path) {}

        private record Kept(ApiResponse answer, Instant until) {}

        IdempotencyKeys(InstantSource clock) {
            this.clock = clock;
        }

        ApiResponse once(ApiRequest request, Supplier<ApiResponse> answer) {
            String key = request.header("idempotency-key");
            return key == null || !request.method().equals("POST")
                    ? answer.get()
                    : once(new Key(request.bearerToken(), key, String.join("/", request.path())), answer);
        }

        private synchronized ApiResponse once(Key key, Supplier<ApiResponse> answer) {
            Instant now = clock.instant();
            Kept kept = answers.get(key);
            if (kept != null && now.isBefore(kept.until())) {
                return kept.answer();
            }
            ApiResponse fresh = answer.get();
            answers.remove(key);
            if (fresh.status() >= 200 && fresh.status() < 300) {
                if (answers.size() >= MAX_ANSWERS) {
                    answers.remove(answers.keySet().iterator().next());
                }
                answers.put(key, new Kept(fresh, now.plus(RETENTION)));
            }
            return fresh;
        }
    }
}
