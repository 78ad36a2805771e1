package io.github.bellhop.server.listen;

import java.net.URI;

/** Where a relay takes deliveries. */
public final class RelayAddress {
    /** Svix's own relay, which the official command lines use. */
    public static final URI SVIX = URI.create("wss://api.relay.svix.com/api/v1/listen/");

    private RelayAddress() {}

    /** The address for a token: Svix's is on another host than its WebSocket, that of other relays on the same. */
    static String of(URI relay, String token) {
        if (SVIX.getHost().equals(relay.getHost())) {
            return "https://play.svix.com/in/" + token + "/";
        }
        String scheme = relay.getScheme().equalsIgnoreCase("ws") ? "http" : "https";
        String path = relay.getRawPath() == null ? "" : relay.getRawPath().replaceFirst("/?api/v1/listen/?$", "");
        return scheme + "://" + relay.getRawAuthority() + path.replaceFirst("/+$", "") + "/in/" + token + "/";
    }
}
