package io.github.bellhop;

/** How often a test that draws its input at random repeats itself: in full with {@code mvn verify -Plong}. */
public final class Repetitions {
    private static final int SHARE = 10;

    private Repetitions() {}

    /** The given number in the long build, a tenth of it otherwise. */
    public static int of(int inFull) {
        return Boolean.getBoolean("bellhop.test.long") ? inFull : inFull / SHARE;
    }
}
