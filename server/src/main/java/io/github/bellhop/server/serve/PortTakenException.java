package io.github.bellhop.server.serve;

import io.github.bellhop.BellhopException;

/** A port cannot be opened. */
public final class PortTakenException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * The fault of one port.
     *
     * @param setting the variable that sets it
     */
    public PortTakenException(String setting, String address, int port, Throwable cause) {
        super(
                "port-taken",
                "The port " + port + " on " + address + " cannot be opened; most likely another program, or another"
                        + " bellhop, has it. Stop that one, or set " + setting + " to a free port.",
                cause);
    }
}
