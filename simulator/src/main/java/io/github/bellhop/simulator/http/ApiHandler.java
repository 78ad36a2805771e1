package io.github.bellhop.simulator.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a whole request, passes it to the API whose prefix matches its path, and writes the answer. */
final class ApiHandler implements HttpHandler {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

    /** Twice the size of the largest payload that Svix accepts, because a payload arrives as a string inside JSON. */
    private static final int MAX_BODY = 2 * 1024 * 1024;

    private final List<Api> apis;

    ApiHandler(List<Api> apis) {
        this.apis = apis;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers request = exchange.getRequestHeaders();
            if (LoopbackGuard.isForeignPage(request.getFirst("Host"), request.getFirst(FETCH_SITE))) {
                // Any answer would tell the page that the simulator runs here, so just close the connection.
                return;
            }
            ApiResponse answer = answer(exchange);
            Headers headers = exchange.getResponseHeaders();
            answer.headers().forEach(headers::set);
            headers.set("X-Content-Type-Options", "nosniff");
            if (answer.body() == null || exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                headers.set("Content-Type", "application/json");
                byte[] body = ApiJson.write(answer.body());
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private ApiResponse answer(HttpExchange exchange) throws IOException {
        // Use the raw path: URI parsing would treat the segment after two leading slashes as a host.
        String target = exchange.getRequestURI().toString();
        int query = target.indexOf('?');
        List<String> path = segments(query < 0 ? target : target.substring(0, query));
        Api api = path == null ? null : of(path);
        Headers headers = exchange.getRequestHeaders();
        String refusal = LoopbackGuard.refusal(
                headers.getFirst("Host"), headers.getFirst("Origin"), headers.getFirst(FETCH_SITE));
        if (refusal != null) {
            return refusal(api, 403, refusal);
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return refusal(api, 413, "The body is longer than " + MAX_BODY + " bytes.");
        }
        if (api == null || path == null) {
            return refusal(null, 404, "There is no API at this path.");
        }
        try {
            return api.handle(new ApiRequest(
                    exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                    path.subList(prefix(api).size(), path.size()),
                    query(query < 0 ? "" : target.substring(query + 1)),
                    headers(headers),
                    body));
        } catch (RuntimeException fault) {
            log.warn("The simulator failed to answer a request", fault);
            return refusal(
                    api,
                    500,
                    "Internal error in the simulator: " + fault.getClass().getSimpleName());
        }
    }

    private static ApiResponse refusal(@Nullable Api api, int status, String detail) {
        return api == null
                ? ApiResponse.of(status, ApiJson.object().put("code", "refused").put("detail", detail))
                : api.refusal(status, detail);
    }

    private @Nullable Api of(List<String> path) {
        return apis.stream()
                .filter(api -> Collections.indexOfSubList(path, prefix(api)) == 0)
                .findFirst()
                .orElse(null);
    }

    private static List<String> prefix(Api api) {
        return List.of(api.prefix().substring(1).split("/", -1));
    }

    /**
     * Splits a path and decodes its segments. Drops empty segments, because clients send trailing and double slashes.
     * Returns null if the path cannot be decoded.
     */
    private static @Nullable List<String> segments(String path) {
        try {
            return Arrays.stream(path.split("/", -1))
                    .filter(segment -> !segment.isEmpty())
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, List<String>> query(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(decoded(name), key -> new ArrayList<>(1)).add(decoded(value));
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Map<String, String> headers(Headers all) {
        Map<String, String> headers = new LinkedHashMap<>();
        all.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    /**
     * Rejects requests from web pages of other sites. Such a page can send requests to this machine, and its own host
     * name can be made to resolve to this machine (DNS rebinding). In both cases the browser sends the page's host, in
     * {@code Host} or {@code Origin}. Newer browsers also send the relation between the page's site and this one, in
     * {@code Sec-Fetch-Site}.
     *
     * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
     */
    private static final class LoopbackGuard {
        private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

        private static final String SAME_SITE = "same-site";

        /** The values that browsers send for pages on this machine and for requests that do not come from a page. */
        private static final Set<String> OWN_SITES = Set.of("same-origin", SAME_SITE, "none");

        private LoopbackGuard() {}

        /**
         * Whether a request comes from a page on another site, or from a page whose host name was made to resolve to
         * this machine, which its browser regards as the same origin.
         */
        static boolean isForeignPage(@Nullable String host, @Nullable String site) {
            return site != null && (!OWN_SITES.contains(site) || host == null || !isLoopback(withoutPort(host)));
        }

        /**
         * The reason to reject a request; null to accept it.
         *
         * @param host   the {@code Host} header
         * @param origin the {@code Origin} header, which only browsers send
         * @param site   the {@code Sec-Fetch-Site} header; a page on another port of this machine belongs to the same
         *               site
         */
        static @Nullable String refusal(@Nullable String host, @Nullable String origin, @Nullable String site) {
            if (host == null || !isLoopback(withoutPort(host))) {
                return "The simulator accepts only localhost, 127.0.0.1 and [::1] as host names.";
            }
            if (SAME_SITE.equals(site) || (origin != null && !isOwn(host, origin))) {
                return "The simulator accepts no requests from web pages with another origin.";
            }
            return null;
        }

        private static boolean isOwn(String host, String origin) {
            try {
                URI page = new URI(origin);
                return "http".equalsIgnoreCase(page.getScheme()) && host.equalsIgnoreCase(page.getRawAuthority());
            } catch (URISyntaxException e) {
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
}
