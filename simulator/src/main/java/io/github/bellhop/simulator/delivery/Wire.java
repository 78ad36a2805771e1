package io.github.bellhop.simulator.delivery;

import java.util.concurrent.CompletableFuture;

/** What carries requests to where they go. Safe for concurrent use. */
@FunctionalInterface
public interface Wire {
    /** Sends one request. The future always ends, and ends well: what went wrong is in the answer. */
    CompletableFuture<WireAnswer> send(SignedRequest request);
}
