package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.PortalAccess;
import io.github.bellhop.simulator.svix.Portals;
import java.net.URI;
import java.time.Duration;

/** {@code /auth}. */
final class PortalRoutes {
    private final Portals portals;

    PortalRoutes(Portals portals) {
        this.portals = portals;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/auth/app-portal-access/{app}", this::open)
                .on("POST", "/auth/app/{app}/expire-all", this::closeAll)
                .on("POST", "/auth/logout", this::logout);
    }

    private ApiResponse open(ApiRequest request) {
        Integer seconds = Body.of(request).numberOrNull("expiry");
        String host = request.header("host");
        PortalAccess access = portals.open(
                request.variable("app"),
                URI.create("http://" + (host == null ? "127.0.0.1:8789" : host)),
                seconds == null ? null : Duration.ofSeconds(seconds));
        return ApiResponse.ok(
                ApiJson.object().put("url", access.url().toString()).put("token", access.token()));
    }

    private ApiResponse closeAll(ApiRequest request) {
        portals.closeAll(request.variable("app"));
        return ApiResponse.noContent();
    }

    private ApiResponse logout(ApiRequest request) {
        String token = request.bearerToken();
        if (token != null) {
            portals.close(token);
        }
        return ApiResponse.noContent();
    }
}
