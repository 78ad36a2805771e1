package io.github.bellhop.benchmarks.simulator;

/**
 * The figures of one turn.
 *
 * @param heapBytes the heap that the users take
 * @param listNanos the time to list all users
 * @param getNanos  the time of all requests for one user
 */
record Figures(long heapBytes, long listNanos, long getNanos) {
    private static final String SEPARATOR = " ";

    /** Reads a line that {@link #line()} wrote. */
    static Figures of(String line) {
        String[] words = line.split(SEPARATOR, -1);
        return new Figures(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    String line() {
        return heapBytes + SEPARATOR + listNanos + SEPARATOR + getNanos;
    }
}
