package io.github.bellhop.simulator.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. A page of another site may send requests to this machine, and its name may even be made to lead
 * here; but the browser then names the page's own host, in {@code Host} or in {@code Origin}.
 */
final class LoopbackGuard {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private LoopbackGuard() {}

    /**
     * Why a request is refused; null when it may come in.
     *
     * @param host   the {@code Host} header
     * @param origin the {@code Origin} header, which no client but a browser sends
     */
    static @Nullable String refusal(@Nullable String host, @Nullable String origin) {
        if (host == null || !isLoopback(withoutPort(host))) {
            return "The simulator answers only to localhost, 127.0.0.1 and [::1] as its host.";
        }
        if (origin != null && !isOwn(host, origin)) {
            return "The simulator answers no requests of web pages from elsewhere.";
        }
        return null;
    }

    private static boolean isOwn(String host, String origin) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (URISyntaxException opaque) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        // An IPv6 address without brackets has several colons and no port.
        boolean port = colon > host.lastIndexOf(']') && (host.startsWith("[") || host.indexOf(':') == colon);
        return port ? host.substring(0, colon) : host;
    }

    private static boolean isLoopback(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
