package io.github.bellhop.simulator.delivery;

import java.io.IOException;

/** An address to which nothing may be sent. */
final class TargetNotAllowedException extends IOException {
    private static final long serialVersionUID = 1L;

    TargetNotAllowedException(String host) {
        super("requests to this IP range are blocked: " + host
                + " is not on this machine. Allow it by name or address if it is yours.");
    }
}
