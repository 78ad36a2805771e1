package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Sessions;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;

/** {@code /sessions}. */
final class SessionRoutes {
    private final Sessions sessions;

    SessionRoutes(ClerkInstance instance) {
        this.sessions = instance.sessions();
    }

    void addTo(Routes routes) {
        routes.on("GET", "/sessions", this::list)
                .on("POST", "/sessions", request -> ApiResponse.ok(sessions.create(Bodies.object(request))))
                .on("GET", "/sessions/{id}", request -> ApiResponse.ok(sessions.get(request.variable("id"))))
                .on(
                        "POST",
                        "/sessions/{id}/revoke",
                        request -> ApiResponse.ok(sessions.revoke(request.variable("id"))));
    }

    private ApiResponse list(ApiRequest request) {
        String user = request.query("user_id");
        String client = request.query("client_id");
        if (user == null && client == null) {
            throw ClerkRefusedException.missing("user_id");
        }
        return Bodies.arrayUnlessPaginated(
                request,
                sessions.list(
                        ListQuery.of(request),
                        user,
                        client,
                        Filter.of(request).text("status", "/status").toPredicate()));
    }
}
