package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.Application;
import io.github.bellhop.simulator.svix.Applications;
import io.github.bellhop.simulator.svix.EventTypes;
import io.github.bellhop.simulator.svix.Exclusion;
import io.github.bellhop.simulator.svix.Portals;
import io.github.bellhop.simulator.svix.SvixService;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes under {@code /app}, {@code /event-type} and {@code /auth}. */
final class CatalogRoutes {
    private final Applications applications;
    private final EventTypes types;
    private final Portals portals;

    CatalogRoutes(SvixService service) {
        this.applications = service.applications();
        this.types = service.eventTypes();
        this.portals = service.portals();
    }

    void addTo(Routes<Call> paths) {
        paths.get("/app", call -> Shapes.page(applications.list(call.page(), excluded(call)), Shapes::application))
                .on("POST", "/app", this::create)
                .get("/app/{app}", call -> Shapes.application(applications.get(call.app())))
                .on("PUT", "/app/{app}", this::put)
                .patch("/app/{app}", call -> {
                    Body merged = body(call).over(Shapes.application(applications.get(call.app())));
                    return Shapes.application(applications.replace(call.app(), settings(merged)));
                })
                .gone("DELETE", "/app/{app}", call -> applications.delete(call.app()));
        addEventTypes(paths);
        paths.post("/auth/app-portal-access/{app}", this::openPortal)
                .gone(
                        "POST",
                        "/auth/logout",
                        call -> portals.close(String.valueOf(call.request().bearerToken())));
    }

    private static Set<Exclusion> excluded(Call call) {
        Set<Exclusion> excluded = EnumSet.allOf(Exclusion.class);
        excluded.removeIf(exclusion -> !call.isTrue(exclusion.wireName()));
        return excluded;
    }

    private ApiResponse create(Call call) {
        Application.Settings settings = settings(body(call));
        String uid = settings.uid();
        if (uid != null && call.isTrue("get_if_exists") && applications.exists(uid)) {
            return shown(200, applications.get(uid));
        }
        return shown(201, applications.create(settings));
    }

    private ApiResponse put(Call call) {
        Application.Settings settings = settings(body(call));
        return applications.exists(call.app())
                ? shown(200, applications.replace(call.app(), settings))
                : shown(201, applications.create(settings.orUid(call.app())));
    }

    /** The body, with old field names replaced by the current ones. */
    private static Body body(Call call) {
        return call.body().alias("throttleRate", "rateLimit");
    }

    static Application.Settings settings(Body body) {
        return new Application.Settings(
                body.text("name"),
                body.textOrNull("uid"),
                body.numberOrNull("throttleRate"),
                body.metadata("metadata"));
    }

    private static ApiResponse shown(int status, Application application) {
        return ApiResponse.of(status, Shapes.application(application));
    }

    private void addEventTypes(Routes<Call> paths) {
        String one = "/event-type/{name}";
        paths.get("/event-type", call -> {
                    boolean withContent = call.isTrue("with_content");
                    return Shapes.page(
                            types.list(call.page(), call.isTrue("include_archived")),
                            type -> withContent ? type : type.putNull("schemas"));
                })
                .on("POST", "/event-type", 201, call -> {
                    Body body = call.body();
                    return types.create(body.text("name"), properties(body));
                })
                .get(one, call -> types.get(call.variable("name")))
                .on("PUT", one, call -> {
                    String name = call.variable("name");
                    ObjectNode properties = properties(call.body());
                    return types.exists(name)
                            ? ApiResponse.of(200, types.replace(name, properties))
                            : ApiResponse.of(201, types.create(name, properties));
                })
                .patch(one, call -> {
                    String name = call.variable("name");
                    return types.replace(name, properties(call.body().over(types.get(name))));
                })
                .gone("DELETE", one, call -> types.delete(call.variable("name"), call.isTrue("expunge")));
    }

    private static ObjectNode properties(Body body) {
        Body schemas = body.objectOrNull("schemas");
        ObjectNode properties = ApiJson.object()
                .put("description", body.text("description"))
                .put("archived", body.flag("archived"))
                .put("deprecated", body.flag("deprecated"))
                .put("featureFlag", body.textOrNull("featureFlag"))
                .put("groupName", body.textOrNull("groupName"));
        properties.set("schemas", schemas == null ? null : schemas.tree());
        return properties;
    }

    private JsonNode openPortal(Call call) {
        String token = portals.open(call.app());
        byte[] key = ApiJson.write(ApiJson.object()
                .put("appId", applications.get(call.app()).id())
                .put("oneTimeToken", token)
                .put("region", "local"));
        String fragment = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        return ApiJson.object()
                .put("url", "http://" + call.request().header("host") + "/app-portal#key=" + fragment)
                .put("token", token);
    }
}
