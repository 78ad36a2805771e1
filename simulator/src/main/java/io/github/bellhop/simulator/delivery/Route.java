package io.github.bellhop.simulator.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/**
 * The name and the address of a server. The connection goes to the address, and the request contains the name.
 * Immutable.
 *
 * @param isSecure whether the connection uses TLS
 * @param host     the host of the URL, for {@code Host} and for checking the certificate; an IPv6 address is in
 *                 brackets
 * @param address  the checked address, with the port
 */
record Route(boolean isSecure, String host, InetSocketAddress address) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Returns the route to the server of a URL at one of its addresses. */
    static Route to(URI url, InetAddress address) {
        boolean secure = isSecure(url);
        int port = url.getPort() < 0 ? defaultPort(secure) : url.getPort();
        return new Route(secure, url.getHost().toLowerCase(Locale.ROOT), new InetSocketAddress(address, port));
    }

    /**
     * Checks that requests can be sent to a URL.
     *
     * @throws IllegalArgumentException if the URL is not an HTTP or HTTPS URL with a host
     */
    static void require(URI url) {
        boolean isHttp = url.getScheme() != null && url.getScheme().matches("(?i)https?");
        if (!isHttp || url.getHost() == null) {
            throw new IllegalArgumentException("Not an HTTP or HTTPS URL with a host: " + url);
        }
    }

    private static boolean isSecure(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    private static int defaultPort(boolean secure) {
        return secure ? HTTPS : HTTP;
    }

    int port() {
        return address.getPort();
    }

    /** The host without the brackets of an IPv6 address. */
    String serverName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The value of {@code Host}: the host, and the port unless it is the scheme's default. */
    String authority() {
        return port() == defaultPort(isSecure) ? host : host + ":" + port();
    }
}
