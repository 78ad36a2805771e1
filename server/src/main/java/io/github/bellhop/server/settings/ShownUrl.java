package io.github.bellhop.server.settings;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** URLs as they may be printed: without user, query and fragment, which may hold secrets. */
public final class ShownUrl {
    private ShownUrl() {}

    /** With its path. */
    public static String of(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getHost() == null ? path : server(url) + path;
    }

    /** Scheme, host and port alone. */
    public static String server(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Where a redirect leads, as it may be printed; null when that cannot be read. */
    public static @Nullable String of(URI from, String location) {
        try {
            return of(from.resolve(location));
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }
}
