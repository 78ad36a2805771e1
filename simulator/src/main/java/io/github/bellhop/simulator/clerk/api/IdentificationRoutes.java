package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.Identifications;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;

/** {@code /email_addresses} and {@code /phone_numbers}. */
final class IdentificationRoutes {
    private final String path;
    private final Identifications identifications;

    IdentificationRoutes(String path, Identifications identifications) {
        this.path = path;
        this.identifications = identifications;
    }

    void addTo(Routes routes) {
        String one = path + "/{id}";
        routes.on("POST", path, request -> ApiResponse.ok(identifications.create(Bodies.object(request))))
                .on("GET", one, request -> ApiResponse.ok(identifications.get(request.variable("id"))))
                .on(
                        "PATCH",
                        one,
                        request ->
                                ApiResponse.ok(identifications.update(request.variable("id"), Bodies.object(request))))
                .on("DELETE", one, request -> ApiResponse.ok(identifications.delete(request.variable("id"))));
    }
}
