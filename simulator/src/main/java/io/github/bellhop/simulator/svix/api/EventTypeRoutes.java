package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.EventTypeEntry;
import io.github.bellhop.simulator.svix.EventTypeSettings;
import io.github.bellhop.simulator.svix.EventTypes;
import java.nio.charset.StandardCharsets;

/** {@code /event-type}. */
final class EventTypeRoutes {
    private final EventTypes types;

    EventTypeRoutes(EventTypes types) {
        this.types = types;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/event-type", this::list)
                .on("POST", "/event-type", this::create)
                .on("GET", "/event-type/{name}", request -> shown(200, types.get(request.variable("name"))))
                .on("PUT", "/event-type/{name}", this::put)
                .on("PATCH", "/event-type/{name}", this::patch)
                .on("DELETE", "/event-type/{name}", this::delete);
    }

    private ApiResponse list(ApiRequest request) {
        boolean withContent = Queries.ifTrue(request, "with_content");
        return Shapes.page(
                types.list(Queries.page(request), Queries.ifTrue(request, "include_archived")),
                entry -> Shapes.eventType(entry, withContent));
    }

    private ApiResponse create(ApiRequest request) {
        Body body = Body.of(request);
        return shown(201, types.create(body.text("name"), settings(body)));
    }

    private ApiResponse put(ApiRequest request) {
        String name = request.variable("name");
        EventTypeSettings settings = settings(Body.of(request));
        return types.exists(name)
                ? shown(200, types.replace(name, settings))
                : shown(201, types.create(name, settings));
    }

    private ApiResponse patch(ApiRequest request) {
        String name = request.variable("name");
        Body merged = Body.of(request).over(Shapes.eventType(types.get(name), true));
        return shown(200, types.replace(name, settings(merged)));
    }

    private ApiResponse delete(ApiRequest request) {
        types.delete(request.variable("name"), Queries.ifTrue(request, "expunge"));
        return ApiResponse.noContent();
    }

    private static EventTypeSettings settings(Body body) {
        Body schemas = body.objectOrNull("schemas");
        return new EventTypeSettings(
                body.text("description"),
                body.flag("archived"),
                body.flag("deprecated"),
                schemas == null ? null : new String(ApiJson.write(schemas.tree()), StandardCharsets.UTF_8),
                body.textOrNull("featureFlag"),
                body.textOrNull("groupName"));
    }

    private static ApiResponse shown(int status, EventTypeEntry entry) {
        return ApiResponse.of(status, Shapes.eventType(entry, true));
    }
}
