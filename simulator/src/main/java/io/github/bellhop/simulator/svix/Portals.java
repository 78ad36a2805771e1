package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.http.ApiJson;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ways into single applications, for their own people. Safe for concurrent use. */
public final class Portals {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final int MOST = 1_000;
    private static final int TOKEN_BYTES = 24;

    private final SvixState state;
    private final Map<String, Access> byToken = new LinkedHashMap<>();

    private record Access(String application, Instant until) {}

    Portals(SvixState state) {
        this.state = state;
    }

    /**
     * Opens one.
     *
     * @param server where the API is reached, such as {@code http://127.0.0.1:8789}
     * @param expiry null for seven days; an hour to seven days otherwise
     * @throws SvixException when there is no such application (404), or it is to be open too briefly or too long (422)
     */
    public PortalAccess open(String application, URI server, @Nullable Duration expiry) {
        synchronized (state) {
            Application info = state.application(application).info;
            if (expiry != null && (expiry.compareTo(Duration.ofHours(1)) < 0 || expiry.compareTo(USUAL) > 0)) {
                throw SvixException.invalid("expiry", "must be from 3600 to 604800 seconds");
            }
            byte[] bytes = new byte[TOKEN_BYTES];
            state.settings.random().nextBytes(bytes);
            String token = "appsk_" + Base64.getUrlEncoder().encodeToString(bytes);
            Instant until = state.now().plus(expiry == null ? USUAL : expiry);
            byToken.values().removeIf(access -> !state.now().isBefore(access.until()));
            if (byToken.size() >= MOST) {
                byToken.remove(byToken.keySet().iterator().next());
            }
            byToken.put(token, new Access(info.id(), until));
            byte[] key = ApiJson.write(ApiJson.object()
                    .put("appId", info.id())
                    .put("oneTimeToken", token)
                    .put("region", "local"));
            String fragment = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
            return new PortalAccess(URI.create(server + "/app-portal#key=" + fragment), token, until);
        }
    }

    /** The id of the application that a token opens; null when it opens none, or no longer. */
    public @Nullable String applicationOf(String token) {
        synchronized (state) {
            Access access = byToken.get(token);
            return access != null && state.now().isBefore(access.until()) ? access.application() : null;
        }
    }

    /** Closes one; nothing when it is closed already. */
    public void close(String token) {
        synchronized (state) {
            byToken.remove(token);
        }
    }

    /**
     * Closes all of an application.
     *
     * @throws SvixException when there is no such application (404)
     */
    public void closeAll(String application) {
        synchronized (state) {
            String id = state.application(application).info.id();
            byToken.values().removeIf(access -> access.application().equals(id));
        }
    }
}
