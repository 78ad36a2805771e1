package io.github.bellhop.simulator.delivery;

import java.util.Map;

/** A receiver in this program, reached without a network. It may be called by several threads. */
@FunctionalInterface
public interface Receiver {
    /**
     * Takes one delivery.
     *
     * @param headers by their names in lower case
     * @param body    its exact bytes, the receiver's own
     * @return the HTTP status of its answer; what it throws counts as 500
     */
    int receive(Map<String, String> headers, byte[] body);
}
