package io.github.bellhop.server.settings;

import java.net.URI;

/** Checks the port in a URL from the command line. */
public final class TypedPort {
    private static final int MAX_PORT = 65_535;

    private TypedPort() {}

    /** Returns whether the URL has a valid port, or no port. */
    public static boolean isValid(URI url) {
        return url.getPort() <= MAX_PORT;
    }

    /**
     * Checks the port of a URL.
     *
     * @param option the option that the URL was given with
     * @throws UnusableSettingException if the port is too large
     */
    public static void check(URI url, String option) {
        if (!isValid(url)) {
            throw new UnusableSettingException(
                    option + " must have a port from 0 to " + MAX_PORT + ", not: " + url.getPort());
        }
    }
}
