package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.dispatch.Scheduled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The delivery of one message to one endpoint. Guarded by the state's lock. */
final class Delivery {
    final StoredMessage message;
    final StoredEndpoint endpoint;
    AttemptStatus status = AttemptStatus.PENDING;

    /** Whether any attempt has succeeded, even if a later one failed. */
    boolean delivered;

    /** The number of scheduled attempts since the schedule was last started. */
    int attempts;

    /** The next scheduled attempt. */
    @Nullable
    Scheduled next;

    @Nullable
    Instant nextAt;

    /** The number of jobs scheduled or in flight. */
    int open;

    Delivery(StoredMessage message, StoredEndpoint endpoint) {
        this.message = message;
        this.endpoint = endpoint;
    }

    <T> Attempts.Standing<T> standing(T subject) {
        return new Attempts.Standing<>(subject, status, nextAt);
    }

    void next(Scheduled job, Instant at) {
        next = job;
        nextAt = at;
        endpoint.pending.add(this);
    }

    /** Clears the next attempt after it has started or has been canceled. */
    void clearNext() {
        next = null;
        nextAt = null;
        endpoint.pending.remove(this);
    }

    /** Cancels the next attempt; returns whether there was one. */
    boolean cancelNext() {
        boolean cancelled = next != null && next.cancel();
        if (cancelled) {
            open--;
        }
        clearNext();
        return cancelled;
    }

    /** Sets the final status, unless an attempt has succeeded or another attempt is scheduled. */
    void rest(AttemptStatus end) {
        if (delivered) {
            status = AttemptStatus.SUCCESS;
        } else {
            status = next != null ? AttemptStatus.PENDING : end;
        }
    }
}
