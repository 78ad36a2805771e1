package io.github.bellhop.receiver;

import java.util.Arrays;

/** Collects a body as it comes, under the budget. Used by one thread at a time; {@link #release()} once, by any. */
final class BodyBuffer {
    private static final int FIRST_BYTES = 4 * 1024;

    private final BodyBudget budget;
    private final int expected;
    private byte[] bytes = new byte[0];
    private int length;

    /**
     * An empty buffer.
     *
     * @param declaredLength how long the body says it is, -1 if it does not
     */
    BodyBuffer(BodyBudget budget, long declaredLength, int limit) {
        this.budget = budget;
        expected = declaredLength >= 0 ? (int) Math.min(declaredLength, limit) : limit;
    }

    int length() {
        return length;
    }

    /** Adds bytes; false when the budget is used up, and then nothing was added. */
    boolean add(byte[] source, int count) {
        int needed = length + count;
        if (needed > bytes.length) {
            // Grows with what really comes, so that a declared length alone takes nothing from the budget.
            int capacity =
                    Math.max(needed, Math.min(Math.max(expected, needed), Math.max(FIRST_BYTES, 2 * bytes.length)));
            if (!budget.reserve(capacity - bytes.length)) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, capacity);
        }
        System.arraycopy(source, 0, bytes, length, count);
        length = needed;
        return true;
    }

    /** The body; the buffer's own array when it fits exactly. */
    byte[] toBytes() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    void release() {
        budget.release(bytes.length);
    }
}
