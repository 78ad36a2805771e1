package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.InstanceSettings;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.Routes;
import tools.jackson.databind.JsonNode;

/** The routes for the instance's settings and for the Svix application that delivers its webhooks. */
final class SettingsRoutes {
    private static final String SVIX = "/webhooks/svix";

    private final InstanceSettings settings;

    SettingsRoutes(InstanceSettings settings) {
        this.settings = settings;
    }

    void addTo(Routes<Call> paths) {
        paths.get("/instance", call -> settings.get())
                .gone("PATCH", "/instance", call -> settings.update(call.body()))
                .patch("/instance/restrictions", call -> settings.restrict(call.body()));
    }

    /** Clerk does not document the codes of these two errors. */
    static void addTo(Routes<Call> paths, WebhookApplication application) {
        paths.post(SVIX, call -> {
                    require(application.create(), "svix_app_exists", "The instance already has a Svix app.");
                    return dashboard(application, call);
                })
                .gone(
                        "DELETE",
                        SVIX,
                        call -> require(application.delete(), "svix_app_missing", "The instance has no Svix app."))
                .post(SVIX + "_url", call -> {
                    require(application.exists(), "svix_app_missing", "The instance has no Svix app.");
                    return dashboard(application, call);
                });
    }

    private static JsonNode dashboard(WebhookApplication application, Call call) {
        String host = call.request().header("host");
        return ApiJson.object().put("svix_url", application.dashboard(host == null ? "localhost" : host));
    }

    private static void require(boolean done, String code, String message) {
        if (!done) {
            throw ClerkRefusedException.of(400, code, message, message);
        }
    }
}
