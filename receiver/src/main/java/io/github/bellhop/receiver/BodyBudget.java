package io.github.bellhop.receiver;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The number of body bytes that may be in flight or queued at once. Every reservation must be released exactly once.
 */
final class BodyBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Reserves the bytes; returns false and reserves nothing if too few are left. */
    boolean reserve(int bytes) {
        long now = used.addAndGet(bytes);
        if (now <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
