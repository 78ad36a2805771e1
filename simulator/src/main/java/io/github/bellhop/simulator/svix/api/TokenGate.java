package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets in who has the token; who has a portal's comes as far as that portal's application. */
final class TokenGate {
    private final SvixService service;
    private final byte[] token;

    TokenGate(SvixService service, String token) {
        this.service = service;
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Why a request is refused; null when it may come in. */
    @Nullable
    ApiResponse refusal(ApiRequest request) {
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
        if (path.isEmpty()) {
            return false;
        }
        return switch (path.get(0)) {
            case "app" -> path.size() > 2 && isSame(application, path.get(1));
            case "event-type" -> request.method().equals("GET");
            case "auth" -> path.equals(List.of("auth", "logout"));
            default -> false;
        };
    }

    private boolean isSame(String application, String idOrUid) {
        try {
            return service.applications().get(idOrUid).id().equals(application);
        } catch (SvixException missing) {
            return false;
        }
    }
}
