package io.github.bellhop.server.listen;

import io.github.bellhop.server.feed.FeedServlet;
import io.github.bellhop.server.settings.EnvironmentVariables;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What an answer means that is no feed, and that most often somebody has to do something about. */
final class FeedRefusal {
    private static final String ADDRESS = "the address of its operator's port (8788) with --from";

    private FeedRefusal() {}

    /** What the server does and the fix, to follow the server's name; null when trying again may help by itself. */
    static @Nullable String of(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 200 -> isFeed(response) ? null : "is no bellhop serve. Give " + ADDRESS;
            case 301, 302, 303, 307, 308 ->
                "redirects, and the token goes to no other. Give its final address with --from";
            case 400 -> "does not understand what it is asked for. Is it an older version?";
            case 401, 403 ->
                "refuses the token. Set " + EnvironmentVariables.LISTEN_TOKEN + " here to what the server has";
            case 404 ->
                "hands out nothing. Set " + EnvironmentVariables.LISTEN_TOKEN + " for bellhop serve there and start it"
                        + " anew, or give " + ADDRESS;
            default -> null;
        };
    }

    private static boolean isFeed(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith(FeedServlet.CONTENT_TYPE);
    }
}
