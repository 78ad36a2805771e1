package io.github.bellhop.server.settings;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** URLs that are safe to print: without user information, query and fragment, which may contain secrets. */
public final class ShownUrl {
    private ShownUrl() {}

    /** Returns the scheme, host, port and path. */
    public static String of(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getHost() == null ? path : server(url) + path;
    }

    /** Returns the scheme, host and port. */
    public static String server(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Returns the target of a redirect; null if the location is not a valid URL. */
    public static @Nullable String of(URI from, String location) {
        try {
            return of(from.resolve(location));
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }
}
