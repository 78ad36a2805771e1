package io.github.bellhop.simulator.dispatch;

import java.util.concurrent.CompletionStage;

/**
 * Something to start at its time.
 *
 * @hidden
 */
@FunctionalInterface
public interface Job {
    /**
     * Starts it, without waiting for its end.
     *
     * @return ends when the job does; until then it counts as in flight
     */
    CompletionStage<?> start();
}
