package io.github.bellhop.server.settings;

import java.net.URI;

/** The port in a URL that was typed. */
public final class TypedPort {
    private static final int HIGHEST = 65_535;

    private TypedPort() {}

    /** Whether a connection can be made to it. */
    public static boolean isOne(URI url) {
        return url.getPort() <= HIGHEST;
    }

    /**
     * Refuses what no connection can be made to.
     *
     * @param option the option that names the URL
     */
    public static void check(URI url, String option) {
        if (!isOne(url)) {
            throw new UnusableSettingException(
                    option + " wants a port between 0 and " + HIGHEST + ", not: " + url.getPort());
        }
    }
}
