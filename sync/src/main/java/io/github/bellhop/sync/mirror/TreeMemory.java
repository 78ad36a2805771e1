package io.github.bellhop.sync.mirror;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory for payload trees. One megabyte of text can become twenty megabytes of maps, and every receiving
 * thread builds trees. Large trees wait until there is memory for them; small trees never wait.
 */
final class TreeMemory {
    /** An upper bound on the average memory of a JSON value, without its text. */
    private static final int VALUE_BYTES = 48;

    private static final int SMALL_BYTES = 16 * 1024;
    private static final int MIN_LIMIT = 4 * 1024 * 1024;
    private static final int MAX_LIMIT = 64 * 1024 * 1024;

    private static final int LIMIT =
            (int) Math.max(MIN_LIMIT, Math.min(MAX_LIMIT, Runtime.getRuntime().maxMemory() / 16));
    private static final Semaphore FREE = new Semaphore(LIMIT, true);

    /**
     * The maximum size of one tree. The tree's text and rows, and the bodies in flight, need memory at the same time.
     */
    private static final long MAX_TREE_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private TreeMemory() {}

    /**
     * Runs work that builds a payload's tree. Waits until there is enough memory. A tree that needs all of the memory
     * is built alone.
     */
    static <T extends @Nullable Object> T within(byte[] payload, Supplier<T> work) {
        if (payload.length <= SMALL_BYTES) {
            return work.get();
        }
        int needed = (int) Math.min(LIMIT, weight(payload));
        FREE.acquireUninterruptibly(needed);
        try {
            return work.get();
        } finally {
            FREE.release(needed);
        }
    }

    /** Returns whether the tree could need more memory than one tree may use. */
    static boolean isTooLarge(byte[] payload) {
        return (2L + VALUE_BYTES) * payload.length > MAX_TREE_BYTES && weight(payload) > MAX_TREE_BYTES;
    }

    /**
     * Estimates the memory of the tree in bytes. The estimate errs on the high side, because it also counts structural
     * characters inside strings.
     */
    static long weight(byte[] payload) {
        long values = 0;
        for (byte sign : payload) {
            if (sign == ',' || sign == '[' || sign == '{' || sign == ':') {
                values++;
            }
        }
        return 2L * payload.length + VALUE_BYTES * values;
    }
}
