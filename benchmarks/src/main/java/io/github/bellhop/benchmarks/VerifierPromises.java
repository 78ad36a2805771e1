package io.github.bellhop.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The promises about Bellhop's verifier, as limits on measured values. */
final class VerifierPromises {
    private static final int SMALL = 1024;
    private static final int TYPICAL_BYTES = 4096;
    private static final int LARGE = 102_400;
    /** Real names contain non-ASCII letters, which make the libraries' string handling more expensive. */
    private static final String TYPICAL_CONTENT = "names";

    private static final double MAX_TIMES_THE_MAC = 1.3;
    private static final double MIN_TIMES_FASTER = 3;

    /** Tolerance for the profiler's noise. Copying the body would add a thousand times as much. */
    private static final double SAME_BYTES = 100;

    private final List<VerifierFigure> figures;
    private final List<String> broken = new ArrayList<>();

    private VerifierPromises(List<VerifierFigure> figures) {
        this.figures = figures;
    }

    /** Returns the broken promises, each with its measurements; empty if all hold. */
    static List<String> broken(List<VerifierFigure> figures) {
        VerifierPromises promises = new VerifierPromises(figures);
        promises.check();
        return promises.broken;
    }

    private void check() {
        double timesTheMac = figure("bellhop", TYPICAL_BYTES).micros()
                / figure("bareMac", TYPICAL_BYTES).micros();
        require(
                timesTheMac <= MAX_TIMES_THE_MAC,
                "at 4 KB it takes %.2f times as long as the bare MAC; promised: at most %.1f",
                timesTheMac,
                MAX_TIMES_THE_MAC);
        double timesFaster = figure("svixFromBytes", SMALL).micros()
                / figure("bellhop", SMALL).micros();
        require(
                timesFaster >= MIN_TIMES_FASTER,
                "at 1 KB it is %.2f times as fast as com.svix from bytes; promised: at least %.0f",
                timesFaster,
                MIN_TIMES_FASTER);
        double more = figure("bellhop", LARGE).allocatedBytes()
                - figure("bellhop", SMALL).allocatedBytes();
        require(
                more <= SAME_BYTES,
                "at 100 KB it allocates %.0f bytes more than at 1 KB; promised: no growth (%.0f allowed for noise)",
                more,
                SAME_BYTES);
    }

    private void require(boolean kept, String promise, double... numbers) {
        if (!kept) {
            broken.add(String.format(Locale.ROOT, promise, numbers[0], numbers[1]));
        }
    }

    private VerifierFigure figure(String contender, int bytes) {
        return figures.stream()
                .filter(figure -> figure.contender().equals(contender)
                        && figure.content().equals(TYPICAL_CONTENT)
                        && figure.bytes() == bytes)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The measurement of " + contender + " at " + bytes
                        + " bytes is missing. Run without -p and without a pattern."));
    }
}
