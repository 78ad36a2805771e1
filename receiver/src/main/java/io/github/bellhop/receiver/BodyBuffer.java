package io.github.bellhop.receiver;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body as it comes, under the budget. The container's thread collects while a deadline may give up, so one
 * of the two decides whether the body is whole; what was reserved is given back exactly once. Safe for concurrent use.
 */
final class BodyBuffer {
    private static final int FIRST_BYTES = 4 * 1024;
    private static final byte[] NONE = new byte[0];

    private final BodyBudget budget;
    private final int expected;
    private byte[] bytes = NONE;
    private int length;
    private boolean open = true;

    /**
     * An empty buffer.
     *
     * @param declaredLength how long the body says it is, -1 if it does not
     */
    BodyBuffer(BodyBudget budget, long declaredLength, int limit) {
        this.budget = budget;
        expected = declaredLength >= 0 ? (int) Math.min(declaredLength, limit) : limit;
    }

    synchronized int length() {
        return length;
    }

    /**
     * Adds bytes, or throws them away when the buffer was abandoned; false when the budget is used up, and then
     * nothing was added.
     */
    synchronized boolean add(byte[] source, int count) {
        if (!open) {
            return true;
        }
        int needed = length + count;
        if (needed > bytes.length) {
            // Grows with what really comes, so that a declared length alone takes nothing from the budget.
            int capacity = Math.max(needed, Math.min(expected, Math.max(FIRST_BYTES, 2 * bytes.length)));
            if (!budget.reserve(capacity - bytes.length)) {
                return false;
            }
            grow(capacity);
        }
        System.arraycopy(source, 0, bytes, length, count);
        length = needed;
        return true;
    }

    /** What is reserved is given back also when the memory itself is missing. */
    private void grow(int capacity) {
        int more = capacity - bytes.length;
        try {
            bytes = Arrays.copyOf(bytes, capacity);
        } catch (Throwable fault) {
            budget.release(more);
            throw fault;
        }
    }

    /** The whole body, whose bytes stay reserved until they are released; null when it was abandoned before. */
    synchronized byte @Nullable [] complete() {
        if (!open) {
            return null;
        }
        if (bytes.length > length) {
            byte[] whole = Arrays.copyOf(bytes, length);
            budget.release(bytes.length - length);
            bytes = whole;
        }
        open = false;
        return bytes;
    }

    /** Lets go of a body that is not whole; false when it is, or was abandoned before. */
    synchronized boolean abandon() {
        if (!open) {
            return false;
        }
        release();
        return true;
    }

    /** Gives back what is reserved, if anything is. */
    synchronized void release() {
        open = false;
        budget.release(bytes.length);
        bytes = NONE;
    }
}
