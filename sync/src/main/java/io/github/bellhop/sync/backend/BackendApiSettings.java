package io.github.bellhop.sync.backend;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings for connecting to Clerk's Backend API.
 *
 * @param secretKey      the instance's Secret Key ({@code sk_live_...}); never printed
 * @param url            the API's base URL, without {@code /v1}
 * @param connectTimeout the timeout for opening a connection
 * @param readTimeout    the timeout for the whole answer
 */
public record BackendApiSettings(String secretKey, URI url, Duration connectTimeout, Duration readTimeout) {
    /** The URL of Clerk's own API. */
    public static final URI CLERK = URI.create("https://api.clerk.com");

    private static final Pattern SECRET_KEY = Pattern.compile("sk_[!-~]{1,255}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    /**
     * Validates the settings. No message shows the key.
     *
     * @throws IllegalArgumentException if the key is not a Secret Key, the URL is not https or not an origin, or a
     *     timeout is not positive
     */
    public BackendApiSettings {
        if (!isSecretKey(secretKey)) {
            throw new IllegalArgumentException("secretKey: not a Clerk Secret Key, which begins with sk_");
        }
        if (!isUrl(url)) {
            throw new IllegalArgumentException("url: must be an https URL without a path, such as " + CLERK);
        }
        if (!isTimeout(connectTimeout) || !isTimeout(readTimeout)) {
            throw new IllegalArgumentException("connectTimeout and readTimeout must be at least 1 ms");
        }
    }

    /**
     * Returns settings for Clerk's own API, with the default timeouts: 2 seconds to connect and 5 seconds for the
     * answer.
     */
    public static BackendApiSettings of(String secretKey) {
        return new BackendApiSettings(secretKey, CLERK, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /** Returns these settings with another URL, such as a simulator's. */
    public BackendApiSettings withUrl(URI changed) {
        return new BackendApiSettings(secretKey, changed, connectTimeout, readTimeout);
    }

    /** Returns these settings with other timeouts. */
    public BackendApiSettings withTimeouts(Duration connect, Duration read) {
        return new BackendApiSettings(secretKey, url, connect, read);
    }

    /** Returns whether a string has the format of a Secret Key. */
    public static boolean isSecretKey(String text) {
        return SECRET_KEY.matcher(text).matches();
    }

    /** Returns whether the URL is an origin to which the key may be sent: https, or http to a loopback address. */
    public static boolean isUrl(URI url) {
        String host = url.getHost();
        boolean safe = "https".equals(url.getScheme())
                || ("http".equals(url.getScheme())
                        && host != null
                        && LOOPBACK.matcher(host).matches());
        boolean origin = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        return safe
                && origin
                && host != null
                && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
    }

    private static boolean isTimeout(Duration time) {
        return time.toMillis() > 0;
    }

    @Override
    public String toString() {
        return "BackendApiSettings[" + url + "]";
    }
}
