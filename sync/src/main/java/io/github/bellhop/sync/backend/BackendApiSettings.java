package io.github.bellhop.sync.backend;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How Clerk's Backend API is reached.
 *
 * @param secretKey      the instance's Secret Key ({@code sk_live_...}); never printed
 * @param url            where the API is, without {@code /v1}
 * @param connectTimeout how long a connection may take
 * @param readTimeout    how long the whole answer may take
 */
public record BackendApiSettings(String secretKey, URI url, Duration connectTimeout, Duration readTimeout) {
    /** Where Clerk's own is. */
    public static final URI CLERK = URI.create("https://api.clerk.com");

    private static final Pattern SECRET_KEY = Pattern.compile("sk_[!-~]{1,255}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    /** Refuses what could not work or would send the key where others read it; says nothing of the key. */
    public BackendApiSettings {
        if (!isSecretKey(secretKey)) {
            throw new IllegalArgumentException("a Secret Key of Clerk's begins with sk_");
        }
        if (!isUrl(url)) {
            throw new IllegalArgumentException("the Backend API's URL is https without a path, such as " + CLERK);
        }
        if (!isTimeout(connectTimeout) || !isTimeout(readTimeout)) {
            throw new IllegalArgumentException("a time-out is longer than nothing");
        }
    }

    /** Clerk's own API, with the usual time-outs: 2 seconds to connect, 5 for the answer. */
    public static BackendApiSettings of(String secretKey) {
        return new BackendApiSettings(secretKey, CLERK, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /** The same elsewhere, such as at a simulator. */
    public BackendApiSettings withUrl(URI changed) {
        return new BackendApiSettings(secretKey, changed, connectTimeout, readTimeout);
    }

    /** The same with other time-outs. */
    public BackendApiSettings withTimeouts(Duration connect, Duration read) {
        return new BackendApiSettings(secretKey, url, connect, read);
    }

    /** Whether a text can be a Secret Key, by its form. */
    public static boolean isSecretKey(String text) {
        return SECRET_KEY.matcher(text).matches();
    }

    /** Whether the key may be sent there: by https, or to this machine; and it is an origin, nothing more. */
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
