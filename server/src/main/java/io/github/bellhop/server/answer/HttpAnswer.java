package io.github.bellhop.server.answer;

import io.github.bellhop.server.settings.ShownUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a delivery.
 *
 * @param url     where the delivery was sent
 * @param status  the HTTP status
 * @param headers its headers; names are case-insensitive
 * @param text    the beginning of its body, at most {@value #KEPT_CHARS} characters
 */
public record HttpAnswer(URI url, int status, Map<String, List<String>> headers, String text) {
    private static final int KEPT_CHARS = 16_384;
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.:-]{1,60}");
    private static final Pattern PAGE = Pattern.compile("^\\s{0,100}<(!doctype|html)", Pattern.CASE_INSENSITIVE);

    /** Copies the headers and truncates the body. */
    public HttpAnswer {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) ->
                copy.computeIfAbsent(name, absent -> new ArrayList<>()).addAll(values));
        headers = copy;
        text = text.length() <= KEPT_CHARS ? text : text.substring(0, KEPT_CHARS);
    }

    boolean hasHeader(String name, Pattern pattern) {
        return headers.getOrDefault(name, List.of()).stream()
                .anyMatch(value -> pattern.matcher(value).find());
    }

    /** Returns the header's value, or an empty string if it is absent or has characters that are unsafe to print. */
    String safeHeader(String name) {
        return headers.getOrDefault(name, List.of()).stream()
                .filter(value -> SAFE.matcher(value).matches())
                .findFirst()
                .orElse("");
    }

    /** Returns the target of a redirect without its query, or null if the answer has no readable {@code Location}. */
    public @Nullable String target() {
        List<String> locations = headers.getOrDefault("location", List.of());
        return locations.isEmpty() ? null : ShownUrl.of(url, locations.get(0));
    }

    /** Whether the target differs from the URL of the delivery only by a trailing slash in the path. */
    boolean isRedirectBySlash() {
        String from = ShownUrl.of(url);
        String to = target();
        return to != null && !to.equals(from) && withoutSlash(to).equals(withoutSlash(from));
    }

    /** Whether the target is the same host, reached by https instead of http. */
    boolean isRedirectToHttps() {
        return "http".equals(url.getScheme()) && leadsTo("https", String.valueOf(url.getHost()));
    }

    /** Whether the host of the target differs only by {@code www.}. */
    boolean isRedirectByWww() {
        String host = String.valueOf(url.getHost());
        return leadsTo("https?", host.startsWith("www.") ? host.substring(4) : "www." + host);
    }

    private boolean leadsTo(String scheme, String host) {
        String to = target();
        return to != null && to.matches(scheme + "://(?i:" + Pattern.quote(host) + ")([:/].*)?");
    }

    /** Whether the body is a web page. */
    public boolean isPage() {
        return PAGE.matcher(text).find() || hasHeader("content-type", Pattern.compile("(?i)^text/html"));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Leaves out the body, which may quote the payload. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + " from " + ShownUrl.server(url) + "]";
    }
}
