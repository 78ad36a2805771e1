package io.github.bellhop.server.serve;

import io.github.bellhop.BellhopException;
import org.jspecify.annotations.Nullable;

/** A port cannot be opened. */
public final class PortTakenException extends BellhopException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String setting, String address, int port, @Nullable Throwable cause) {
        super(
                "port-taken",
                "The port " + port + " on " + address + " cannot be opened; most likely another program, or another"
                        + " bellhop, has it. Stop that one, or set " + setting + " to a free port.",
                cause);
    }
}
