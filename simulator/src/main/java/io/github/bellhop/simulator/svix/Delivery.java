package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.dispatch.Scheduled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One message on its way to one endpoint. Guarded by the state's lock. */
final class Delivery {
    final StoredMessage message;
    final StoredEndpoint endpoint;
    AttemptStatus status = AttemptStatus.PENDING;

    /** Whether any attempt succeeded, whatever came after it. */
    boolean delivered;

    /** Attempts made by the schedule since it last began. */
    int attempts;

    /** The next attempt by the schedule. */
    @Nullable
    Scheduled next;

    @Nullable
    Instant nextAt;

    /** Jobs scheduled or in flight. */
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

    /** The next attempt is no longer to come: it was started, or called off. */
    void noNext() {
        next = null;
        nextAt = null;
        endpoint.pending.remove(this);
    }

    /** Calls the next attempt off; says whether there was one. */
    boolean cancelNext() {
        boolean cancelled = next != null && next.cancel();
        if (cancelled) {
            open--;
        }
        noNext();
        return cancelled;
    }

    /** Without a success and without a next attempt it ends so. */
    void rest(AttemptStatus end) {
        if (delivered) {
            status = AttemptStatus.SUCCESS;
        } else {
            status = next != null ? AttemptStatus.PENDING : end;
        }
    }
}
