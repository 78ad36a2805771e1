package io.github.bellhop.simulator.svix;

import java.net.URI;
import java.time.Instant;

/**
 * A way into one application, as its own people have it.
 *
 * @param url   where they would go
 * @param token good for that application's own paths alone
 * @param until when it ends
 */
public record PortalAccess(URI url, String token, Instant until) {
    /** Without the token, which is also in the URL. */
    @Override
    public String toString() {
        return "PortalAccess[until " + until + "]";
    }
}
