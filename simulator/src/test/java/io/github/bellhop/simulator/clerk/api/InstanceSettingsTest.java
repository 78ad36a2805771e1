package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InstanceSettingsTest {
    private final Simulated simulated = new Simulated();
    private final Application application = new Application();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock)
                    .manage(application));

    private static final class Application implements WebhookApplication {
        private boolean exists = true;

        @Override
        public boolean create() {
            boolean made = !exists;
            exists = true;
            return made;
        }

        @Override
        public boolean delete() {
            boolean deleted = exists;
            exists = false;
            return deleted;
        }

        @Override
        public boolean exists() {
            return exists;
        }

        @Override
        public String dashboard(String host) {
            return "http://" + host + "/app-portal";
        }
    }

    @Test
    void changesTheAllowedOrigins() {
        assertThat(calls.get("/instance").path("id").stringValue()).isEqualTo(simulated.instance.id());
        assertThat(calls.call("PATCH", "/instance", "{'allowed_origins':['app://desk'],'hibp':false}")
                        .status())
                .isEqualTo(204);
        assertThat(calls.call("PATCH", "/instance", "{'allowed_origins':null}").status())
                .isEqualTo(204);
        assertThat(calls.get("/instance").at("/allowed_origins/0").stringValue())
                .isEqualTo("app://desk");
        assertThat(calls.call("PATCH", "/instance", "{'allowed_origins':[]}").status())
                .isEqualTo(204);
        assertThat(calls.get("/instance").path("allowed_origins")).isEmpty();
        assertThat(calls.error("PATCH", "/instance", "{'hibp':true}")).isEqualTo("501 not_simulated");
        assertThat(calls.error("PATCH", "/instance", "{'colour':1}")).isEqualTo("422 form_param_unknown colour");
    }

    @Test
    void restrictsTheInstance() {
        Calls.ok(calls.call("PATCH", "/instance/restrictions", "{'allowlist':true}"));
        JsonNode restrictions = Calls.ok(calls.call("PATCH", "/instance/restrictions", "{'blocklist':true}"));
        assertThat(restrictions.path("allowlist").booleanValue()).isTrue();
        assertThat(restrictions.path("block_email_subaddresses").booleanValue()).isFalse();
    }

    @Test
    void managesTheSvixApplication() {
        assertThat(calls.error("POST", "/webhooks/svix", "")).isEqualTo("400 svix_app_exists");
        assertThat(calls.post("/webhooks/svix_url", "").path("svix_url").stringValue())
                .isEqualTo("http://localhost/app-portal");
        assertThat(calls.call("DELETE", "/webhooks/svix", "").status()).isEqualTo(204);
        assertThat(calls.error("DELETE", "/webhooks/svix", "")).isEqualTo("400 svix_app_missing");
        assertThat(calls.error("POST", "/webhooks/svix_url", "")).isEqualTo("400 svix_app_missing");
        assertThat(calls.post("/webhooks/svix", "").has("svix_url")).isTrue();
    }
}
