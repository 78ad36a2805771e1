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
 * @param headers its headers; names are compared without regard to letter case
 * @param text    the beginning of its body, at most {@value #KEPT_CHARS} characters
 */
public record HttpAnswer(URI url, int status, Map<String, List<String>> headers, String text) {
    private static final int KEPT_CHARS = 16_384;
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.:-]{1,60}");
    private static final Pattern PAGE = Pattern.compile("^\\s{0,100}<(!doctype|html)", Pattern.CASE_INSENSITIVE);

    /** Copies the headers and cuts the body. */
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

    /** The header's value if it can be shown; empty if it is absent or holds unusual characters. */
    String safeHeader(String name) {
        return headers.getOrDefault(name, List.of()).stream()
                .filter(value -> SAFE.matcher(value).matches())
                .findFirst()
                .orElse("");
    }

    /** Where a redirect leads, without its query; null if there is no readable location. */
    public @Nullable String target() {
        List<String> locations = headers.getOrDefault("location", List.of());
        return locations.isEmpty() ? null : ShownUrl.of(url, locations.get(0));
    }

    /** The host, port and path of the target are those of the delivery, but for a slash at the end of the path. */
    boolean isRedirectBySlash() {
        String from = ShownUrl.of(url);
        String to = target();
        return to != null && !to.equals(from) && withoutSlash(to).equals(withoutSlash(from));
    }

    /** The target is the same host by https. */
    boolean isRedirectToHttps() {
        return "http".equals(url.getScheme()) && leadsTo("https", String.valueOf(url.getHost()));
    }

    /** The target is the same host with or without {@code www.}. */
    boolean isRedirectByWww() {
        String host = String.valueOf(url.getHost());
        return leadsTo("https?", host.startsWith("www.") ? host.substring(4) : "www." + host);
    }

    private boolean leadsTo(String scheme, String host) {
        String to = target();
        return to != null && to.matches(scheme + "://(?i:" + Pattern.quote(host) + ")([:/].*)?");
    }

    /** Whether its body is a web page. */
    public boolean isPage() {
        return PAGE.matcher(text).find() || hasHeader("content-type", Pattern.compile("(?i)^text/html"));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Without the body, which may quote the payload. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + " from " + ShownUrl.server(url) + "]";
    }
}
