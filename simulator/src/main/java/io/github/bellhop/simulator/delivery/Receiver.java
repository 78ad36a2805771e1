package io.github.bellhop.simulator.delivery;

import java.util.Map;

/** A receiver in this program, called without a network. May be called by several threads at once. */
@FunctionalInterface
public interface Receiver {
    /**
     * Receives one delivery.
     *
     * @param headers the headers by lower-case name
     * @param body    the exact bytes; the receiver may keep them
     * @return the HTTP status of the answer; an exception counts as 500
     */
    int receive(Map<String, String> headers, byte[] body);
}
