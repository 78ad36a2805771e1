package io.github.bellhop.server.trigger;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** The latencies of a run. Not safe for concurrent use. */
final class Latencies {
    private long[] nanos;
    private int size;

    Latencies(int expected) {
        nanos = new long[Math.min(expected, 1024)];
    }

    void add(Duration latency) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = latency.toNanos();
    }

    /** Returns the percentile in milliseconds, with one decimal place; {@code -} if there are no latencies. */
    String percentile(int percent) {
        if (size == 0) {
            return "-";
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int place = (int) Math.ceil(percent / 100.0 * size) - 1;
        return String.format(Locale.ROOT, "%.1f", sorted[Math.max(0, place)] / 1e6);
    }
}
