package io.github.bellhop.simulator.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A job that waits for its time. Safe for concurrent use.
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

    /** Takes it back, and says whether that was in time: false when it was started or taken back already. */
    public boolean cancel() {
        return queue.cancel(this);
    }

    /** Gives it another time, behind everything that waits for the same; nothing when it was started or taken back. */
    public void moveTo(Instant time) {
        queue.move(this, time);
    }
}
