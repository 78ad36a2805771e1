package io.github.bellhop.simulator.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A scheduled job. Safe for concurrent use.
 *
 * @hidden
 */
public final class Scheduled {
    static final Comparator<Scheduled> BY_TIME =
            Comparator.<Scheduled, Instant>comparing(job -> job.at).thenComparing(job -> job.number);

    final DueQueue.Lane lane;
    final Supplier<? extends CompletionStage<?>> job;
    Instant at = Instant.MIN;
    long number;

    private final DueQueue queue;

    Scheduled(DueQueue queue, DueQueue.Lane lane, Supplier<? extends CompletionStage<?>> job) {
        this.queue = queue;
        this.lane = lane;
        this.job = job;
    }

    /** Cancels the job; returns false if it has started or was already canceled. */
    public boolean cancel() {
        return queue.cancel(this);
    }

    /**
     * Reschedules the job, after any other jobs due at the same time; does nothing if it has started or was canceled.
     */
    public void moveTo(Instant time) {
        queue.move(this, time);
    }
}
