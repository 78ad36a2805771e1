package io.github.bellhop.benchmarks;

import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link VerifierBenchmark} and prints its results as a Markdown table. With {@code --check} it exits with code 1
 * if a promise is broken. All other arguments are passed to JMH, such as a pattern of benchmark names.
 */
public final class Benchmarks {
    private static final String CHECK = "--check";

    private Benchmarks() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        List<String> given = List.of(arguments);
        String[] forJmh =
                given.stream().filter(argument -> !argument.equals(CHECK)).toArray(String[]::new);
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(forJmh))
                .addProfiler(GCProfiler.class)
                .build();
        List<VerifierFigure> figures =
                new Runner(options).run().stream().map(VerifierFigure::of).toList();
        System.out.println();
        System.out.print(new VerifierTable(figures).markdown());
        if (given.contains(CHECK)) {
            check(figures);
        }
    }

    private static void check(List<VerifierFigure> figures) {
        List<String> broken = VerifierPromises.broken(figures);
        System.out.println();
        if (broken.isEmpty()) {
            System.out.println("All promises hold.");
            return;
        }
        broken.forEach(promise -> System.out.println("BROKEN: " + promise));
        System.exit(1);
    }
}
