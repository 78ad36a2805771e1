package io.github.bellhop.receiver;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body within the budget. The container's thread adds bytes while the deadline thread may abandon the body;
 * exactly one of the two decides whether the body is complete or abandoned. Reserved bytes are released exactly once.
 * Safe for concurrent use.
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
     * Creates an empty buffer.
     *
     * @param declaredLength the declared length of the body; -1 if there is none
     */
    BodyBuffer(BodyBudget budget, long declaredLength, int limit) {
        this.budget = budget;
        expected = declaredLength >= 0 ? (int) Math.min(declaredLength, limit) : limit;
    }

    synchronized int length() {
        return length;
    }

    /**
     * Adds bytes, or discards them if the buffer was abandoned. Returns false and adds nothing if the budget is used
     * up.
     */
    synchronized boolean add(byte[] source, int count) {
        if (!open) {
            return true;
        }
        int needed = length + count;
        if (needed > bytes.length) {
            // Grows with the bytes received, so that a declared length alone reserves no budget.
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

    /** Grows the buffer. If the JVM runs out of memory, the reservation is released. */
    private void grow(int capacity) {
        int more = capacity - bytes.length;
        try {
            bytes = Arrays.copyOf(bytes, capacity);
        } catch (Throwable fault) {
            budget.release(more);
            throw fault;
        }
    }

    /**
     * Returns the complete body, or null if the buffer was abandoned. The bytes stay reserved until they are released.
     */
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

    /** Abandons an incomplete body; returns false if the body is complete or was already abandoned. */
    synchronized boolean abandon() {
        if (!open) {
            return false;
        }
        release();
        return true;
    }

    /** Releases the reserved bytes, if any. */
    synchronized void release() {
        open = false;
        budget.release(bytes.length);
        bytes = NONE;
    }
}
