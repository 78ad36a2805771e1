package io.github.bellhop.simulator.svix;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens that give access to a single application, for the application's own users. Safe for concurrent use. */
public final class Portals {
    private static final Duration VALIDITY = Duration.ofDays(7);
    private static final int MAX_TOKENS = 1_000;
    private static final int TOKEN_BYTES = 24;

    private final SvixState state;
    private final Map<String, Access> byToken = new LinkedHashMap<>();

    private record Access(String application, Instant until) {}

    Portals(SvixState state) {
        this.state = state;
    }

    /**
     * Creates a token that is valid for seven days and gives access only to the application's own paths.
     *
     * @throws SvixException if the application does not exist (404)
     */
    public String open(String application) {
        synchronized (state) {
            String id = state.application(application).info.id();
            byte[] bytes = new byte[TOKEN_BYTES];
            state.settings.random().nextBytes(bytes);
            String token = "appsk_" + Base64.getUrlEncoder().encodeToString(bytes);
            byToken.values().removeIf(access -> !state.now().isBefore(access.until()));
            if (byToken.size() >= MAX_TOKENS) {
                byToken.remove(byToken.keySet().iterator().next());
            }
            byToken.put(token, new Access(id, state.now().plus(VALIDITY)));
            return token;
        }
    }

    /** The id of the application that a token gives access to; null if the token is unknown or expired. */
    public @Nullable String applicationOf(String token) {
        synchronized (state) {
            Access access = byToken.get(token);
            return access != null && state.now().isBefore(access.until()) ? access.application() : null;
        }
    }

    /** Revokes a token; does nothing if it is unknown. */
    public void close(String token) {
        synchronized (state) {
            byToken.remove(token);
        }
    }
}
