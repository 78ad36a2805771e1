package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of the instance that the Backend API shows. Nothing in the simulator depends on them, and they emit no
 * events. Safe for concurrent use.
 */
public final class InstanceSettings {
    private static final String ORIGINS = "allowed_origins";

    /** The settings that no operation shows. */
    private static final Set<String> HIDDEN =
            Params.names("test_mode hibp support_email clerk_js_version development_origin cookieless_dev"
                    + " url_based_session_syncing preferred_sign_in_strategy_when_password_required");

    private static final String[] RESTRICTIONS = {
        "allowlist",
        "blocklist",
        "allowlist_blocklist_disabled_on_sign_in",
        "block_email_subaddresses",
        "block_disposable_email_domains"
    };

    private final Kernel kernel;
    private final ObjectNode instance = ApiJson.object();
    private final ObjectNode restrictions = ApiJson.object();

    InstanceSettings(Kernel kernel) {
        this.kernel = kernel;
        instance.put("object", "instance").put("id", Fixtures.INSTANCE_ID).put("environment_type", "development");
        instance.putArray(ORIGINS);
        instance.putNull("workspace_id");
        restrictions.put("object", "instance_restrictions");
        List.of(RESTRICTIONS).forEach(name -> restrictions.put(name, false));
    }

    /** The instance. */
    public ObjectNode get() {
        return kernel.locked(instance::deepCopy);
    }

    /** Changes the allowed origins with the parameters of {@code PATCH /instance}. */
    public void update(ObjectNode given) {
        Set<String> known = new HashSet<>(HIDDEN);
        known.add(ORIGINS);
        Params params = Params.of(given, known);
        HIDDEN.forEach(name -> params.requireAbsent(name, "a simulated instance has no such setting"));
        List<String> origins = params.texts(ORIGINS);
        kernel.locked(() -> {
            if (given.hasNonNull(ORIGINS)) {
                ArrayNode shown = instance.putArray(ORIGINS);
                origins.forEach(shown::add);
            }
            return instance;
        });
    }

    /** Changes the restrictions with the parameters of {@code PATCH /instance/restrictions}. */
    public ObjectNode restrict(ObjectNode given) {
        Params params = Params.of(given, Set.of(RESTRICTIONS));
        return kernel.locked(() -> {
            params.copyFlags(restrictions, RESTRICTIONS);
            return restrictions.deepCopy();
        });
    }
}
