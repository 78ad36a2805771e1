package io.github.bellhop.simulator;

import io.github.bellhop.simulator.clerk.api.WebhookApplication;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.svix.Application;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The application {@value ClerkSimulator#APPLICATION} in the simulated Svix service. */
final class EventApplication implements WebhookApplication {
    private final SvixService svix;
    private final String name;

    EventApplication(SvixService svix, String name) {
        this.svix = svix;
        this.name = name;
    }

    @Override
    public boolean create() {
        return succeeds(() ->
                svix.applications().create(Application.Settings.named(name).uid(ClerkSimulator.APPLICATION)));
    }

    @Override
    public boolean delete() {
        return succeeds(() -> svix.applications().delete(ClerkSimulator.APPLICATION));
    }

    private static boolean succeeds(Runnable change) {
        try {
            change.run();
            return true;
        } catch (SvixException missingOrTaken) {
            return false;
        }
    }

    @Override
    public boolean exists() {
        return svix.applications().exists(ClerkSimulator.APPLICATION);
    }

    @Override
    public String dashboard(String host) {
        String key = ApiJson.object()
                .put(
                        "appId",
                        svix.applications().get(ClerkSimulator.APPLICATION).id())
                .put("oneTimeToken", svix.portals().open(ClerkSimulator.APPLICATION))
                .put("region", "local")
                .toString();
        return "http://" + host + "/app-portal#key="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
