package io.github.bellhop.server.serve;

import io.github.bellhop.BellhopException;

/** Thrown if a port cannot be opened. */
public final class PortTakenException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param setting the environment variable of the port
     */
    public PortTakenException(String setting, String address, int port, Throwable cause) {
        super(
                "port-taken",
                setting + ": port " + port + " on " + address + " cannot be opened. Another program, perhaps another"
                        + " bellhop, is probably using it. Stop that program, or set " + setting + " to a free port.",
                cause);
    }
}
