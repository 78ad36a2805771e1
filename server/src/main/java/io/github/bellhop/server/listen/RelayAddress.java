package io.github.bellhop.server.listen;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a relay takes deliveries. */
public final class RelayAddress {
    private RelayAddress() {}

    /** The listen token for whoever runs the relay: none for Svix, to whom it would tell a secret of our server's. */
    public static @Nullable String access(URI relay, @Nullable String listenToken) {
        return isSvix(relay) ? null : listenToken;
    }

    /** Names of hosts know no case, and may end in a dot. */
    private static boolean isSvix(URI relay) {
        String host = relay.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return host.equals("svix.com") || host.endsWith(".svix.com");
    }

    /** The address for a token: Svix's is on another host than its WebSocket, that of other relays on the same. */
    static String of(URI relay, String token) {
        if (isSvix(relay)) {
            return "https://play.svix.com/in/" + token + "/";
        }
        String scheme = relay.getScheme().equalsIgnoreCase("ws") ? "http" : "https";
        return scheme + "://" + relay.getRawAuthority() + base(relay) + "/in/" + token + "/";
    }

    /** The path below which a relay answers, without a slash at its end; most often empty. */
    public static String base(URI relay) {
        String path = relay.getRawPath() == null ? "" : relay.getRawPath();
        return path.replaceFirst("/?api/v1/listen/?$", "").replaceFirst("/+$", "");
    }
}
