package io.github.bellhop.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Bellhop promises about its verifier, as limits on measured figures. */
final class VerifierPromises {
    private static final int SMALL = 1024;
    private static final int USUAL = 4096;
    private static final int LARGE = 102_400;
    /** People have names that are not ASCII; the texts of the libraries cost more then. */
    private static final String USUAL_CONTENT = "names";

    private static final double MOST_TIMES_THE_MAC = 1.3;
    private static final double LEAST_TIMES_FASTER = 3;

    /** What the profiler's own noise may add; a body that is copied adds a thousand times as much. */
    private static final double SAME_BYTES = 100;

    private final List<VerifierFigure> figures;
    private final List<String> broken = new ArrayList<>();

    private VerifierPromises(List<VerifierFigure> figures) {
        this.figures = figures;
    }

    /** The promises that do not hold, each with its figures; empty when all hold. */
    static List<String> broken(List<VerifierFigure> figures) {
        VerifierPromises promises = new VerifierPromises(figures);
        promises.check();
        return promises.broken;
    }

    private void check() {
        double timesTheMac =
                figure("bellhop", USUAL).micros() / figure("bareMac", USUAL).micros();
        require(
                timesTheMac <= MOST_TIMES_THE_MAC,
                "at 4 KB it takes %.2f times the bare MAC, promised are at most %.1f",
                timesTheMac,
                MOST_TIMES_THE_MAC);
        double timesFaster = figure("svixFromBytes", SMALL).micros()
                / figure("bellhop", SMALL).micros();
        require(
                timesFaster >= LEAST_TIMES_FASTER,
                "at 1 KB it is %.2f times faster than com.svix from bytes, promised are at least %.0f",
                timesFaster,
                LEAST_TIMES_FASTER);
        double more = figure("bellhop", LARGE).allocatedBytes()
                - figure("bellhop", SMALL).allocatedBytes();
        require(
                more <= SAME_BYTES,
                "at 100 KB it allocates %.0f bytes more than at 1 KB, promised is no growth (%.0f allowed for noise)",
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
                        && figure.content().equals(USUAL_CONTENT)
                        && figure.bytes() == bytes)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The promises need a figure of " + contender + " at "
                        + bytes + " bytes, which was not measured. Run without -p and without a pattern."));
    }
}
