package io.github.bellhop.server.listen;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The addresses of a relay. */
public final class RelayAddress {
    private RelayAddress() {}

    /** Returns the listen token to send to the relay: null for Svix, since the token is our own server's secret. */
    public static @Nullable String access(URI relay, @Nullable String listenToken) {
        return isSvix(relay) ? null : listenToken;
    }

    /** Host names are case-insensitive and may end with a dot. */
    private static boolean isSvix(URI relay) {
        String host = relay.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return host.equals("svix.com") || host.endsWith(".svix.com");
    }

    /**
     * Returns the address that accepts deliveries for a token. At Svix it has a different host than the WebSocket; at
     * other relays it has the same host.
     */
    static String of(URI relay, String token) {
        if (isSvix(relay)) {
            return "https://play.svix.com/in/" + token + "/";
        }
        String scheme = relay.getScheme().equalsIgnoreCase("ws") ? "http" : "https";
        return scheme + "://" + relay.getRawAuthority() + base(relay) + "/in/" + token + "/";
    }

    /** Returns the base path of a relay without a trailing slash; usually empty. */
    public static String base(URI relay) {
        String path = relay.getRawPath() == null ? "" : relay.getRawPath();
        return path.replaceFirst("/?api/v1/listen/?$", "").replaceFirst("/+$", "");
    }
}
