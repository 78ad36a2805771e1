package io.github.bellhop;

/** Limits the repetitions of tests with random input. {@code mvn verify -Plong} runs all of them. */
public final class Repetitions {
    private static final int SHARE = 10;

    private Repetitions() {}

    /** Returns the given number in the long build, and a tenth of it otherwise. */
    public static int of(int inFull) {
        return isLong() ? inFull : inFull / SHARE;
    }

    /** Whether this is the long build. */
    public static boolean isLong() {
        return Boolean.getBoolean("bellhop.test.long");
    }
}
