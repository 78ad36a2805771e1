package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.Application;
import io.github.bellhop.simulator.svix.ApplicationSettings;
import io.github.bellhop.simulator.svix.Applications;

/** {@code /app}. */
final class ApplicationRoutes {
    private final Applications applications;

    ApplicationRoutes(Applications applications) {
        this.applications = applications;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/app", request -> Shapes.page(applications.list(Queries.page(request)), Shapes::application))
                .on("POST", "/app", this::create)
                .on("GET", "/app/{app}", request -> shown(200, applications.get(request.variable("app"))))
                .on("PUT", "/app/{app}", this::put)
                .on("PATCH", "/app/{app}", this::patch)
                .on("DELETE", "/app/{app}", this::delete);
    }

    private ApiResponse create(ApiRequest request) {
        ApplicationSettings settings = settings(Body.of(request));
        if (settings.uid() != null && Queries.ifTrue(request, "get_if_exists") && applications.exists(settings.uid())) {
            return shown(200, applications.get(settings.uid()));
        }
        return shown(201, applications.create(settings));
    }

    private ApiResponse put(ApiRequest request) {
        String id = request.variable("app");
        ApplicationSettings settings = settings(Body.of(request));
        return applications.exists(id)
                ? shown(200, applications.replace(id, settings))
                : shown(201, applications.create(settings.uid() == null ? settings.uid(id) : settings));
    }

    private ApiResponse patch(ApiRequest request) {
        String id = request.variable("app");
        Body merged = Body.of(request).over(Shapes.application(applications.get(id)));
        return shown(200, applications.replace(id, settings(merged)));
    }

    private ApiResponse delete(ApiRequest request) {
        applications.delete(request.variable("app"));
        return ApiResponse.noContent();
    }

    static ApplicationSettings settings(Body body) {
        return new ApplicationSettings(
                body.text("name"),
                body.textOrNull("uid"),
                body.alias("throttleRate", "rateLimit").numberOrNull("throttleRate"),
                body.metadata("metadata"));
    }

    private static ApiResponse shown(int status, Application application) {
        return ApiResponse.of(status, Shapes.application(application));
    }
}
