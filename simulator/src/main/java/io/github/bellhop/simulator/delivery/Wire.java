package io.github.bellhop.simulator.delivery;

import java.util.concurrent.CompletableFuture;

/** Sends requests to their targets. Safe for concurrent use. */
@FunctionalInterface
public interface Wire {
    /** Sends one request. The future always completes normally; an error is reported in the answer. */
    CompletableFuture<WireAnswer> send(SignedRequest request);
}
