package io.github.bellhop.sync.mirror;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of this process for payloads that are trees. What is one megabyte of text can be twenty of maps, and every
 * thread that receives makes trees: large ones wait for each other, small ones for nothing.
 */
final class TreeRoom {
    /** What a JSON value takes besides its text, at most on average. */
    private static final int VALUE_BYTES = 48;

    private static final int SMALL_BYTES = 16 * 1024;
    private static final int LEAST_ROOM = 4 * 1024 * 1024;
    private static final int MOST_ROOM = 64 * 1024 * 1024;

    private static final int ROOM =
            (int) Math.max(LEAST_ROOM, Math.min(MOST_ROOM, Runtime.getRuntime().maxMemory() / 16));
    private static final Semaphore FREE = new Semaphore(ROOM, true);

    /** What one tree may take. Beside it stand its text, its rows and the bodies in flight. */
    private static final long LARGEST = Runtime.getRuntime().maxMemory() / 4;

    private TreeRoom() {}

    /** Does work that makes a payload a tree, when there is room for that; one that needs all of it comes alone. */
    static <T extends @Nullable Object> T within(byte[] payload, Supplier<T> work) {
        if (payload.length <= SMALL_BYTES) {
            return work.get();
        }
        int needed = (int) Math.min(ROOM, weight(payload));
        FREE.acquireUninterruptibly(needed);
        try {
            return work.get();
        } finally {
            FREE.release(needed);
        }
    }

    /** Whether the tree could take more memory than one payload may. */
    static boolean isTooLarge(byte[] payload) {
        return (2L + VALUE_BYTES) * payload.length > LARGEST && weight(payload) > LARGEST;
    }

    /** What the tree takes: too much rather than too little, since signs inside texts count too. */
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
