package io.github.bellhop.server.listen;

import io.github.bellhop.server.feed.FeedServlet;
import io.github.bellhop.server.settings.EnvironmentVariables;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Explains answers that are not a feed. Most of them require a change to a setting or an option. */
final class FeedRefusal {
    private static final String ADDRESS = "the address of its operator's port (8788) with --from";

    private FeedRefusal() {}

    /** Returns the problem and the fix, phrased to follow the server's name; null if a retry may succeed. */
    static @Nullable String of(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 200 -> isFeed(response) ? null : "is not bellhop serve. Pass " + ADDRESS;
            case 301, 302, 303, 307, 308 ->
                "redirects, and bellhop listen does not send the token to another address. Pass the final address"
                        + " with --from";
            case 400 -> "does not understand the request. Is it an older version?";
            case 401, 403 ->
                "rejects the token. Set " + EnvironmentVariables.LISTEN_TOKEN + " here to the server's value";
            case 404 ->
                "does not offer a feed. Set " + EnvironmentVariables.LISTEN_TOKEN + " for bellhop serve there and"
                        + " restart it, or pass " + ADDRESS;
            default -> null;
        };
    }

    private static boolean isFeed(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith(FeedServlet.CONTENT_TYPE);
    }
}
