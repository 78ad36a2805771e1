package io.github.bellhop.receiver;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of bodies that may be in flight and queued at once. What is reserved must be released once. */
final class BodyBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, or none and false. */
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
