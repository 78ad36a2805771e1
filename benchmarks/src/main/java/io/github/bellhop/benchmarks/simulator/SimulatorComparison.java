package io.github.bellhop.benchmarks.simulator;

import io.github.bellhop.simulator.ClerkSimulator;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Compares two builds of the simulator with ten thousand users, in turns, and prints Markdown: the heap that the users
 * take, the time to list all of them, and the time of a thousand requests for one. Each line has the median of the turns,
 * and the lowest and the highest value.
 *
 * <p>Arguments: the class paths of the two builds, each with the jars of {@code simulator} and {@code core} and their
 * libraries. Option: {@code --turns=3}.
 */
public final class SimulatorComparison {
    private final List<String> builds = new ArrayList<>();
    private int turns = 3;

    private SimulatorComparison() {}

    /** Runs all turns, which takes 15 to 30 seconds for each. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        SimulatorComparison comparison = new SimulatorComparison();
        for (String argument : arguments) {
            if (argument.startsWith("--turns=")) {
                comparison.turns = Integer.parseInt(argument.substring("--turns=".length()));
            } else {
                comparison.builds.add(argument);
            }
        }
        if (comparison.builds.size() != 2 || comparison.turns < 1) {
            throw new IllegalArgumentException("Name the class paths of two builds.");
        }
        for (String build : comparison.builds) {
            requireSimulator(build);
        }
        comparison.run();
    }

    /** Without this check, the simulator on the class path of this program would take the place of a missing one. */
    private static void requireSimulator(String build) throws IOException {
        List<URL> places = new ArrayList<>();
        for (String place : build.split(File.pathSeparator, -1)) {
            places.add(new File(place).toURI().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new), null)) {
            if (loader.getResource(ClerkSimulator.class.getName().replace('.', '/') + ".class") == null) {
                throw new IllegalArgumentException("There is no simulator on the class path " + build);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        List<List<Figures>> results = List.of(new ArrayList<>(), new ArrayList<>());
        for (int turn = 0; turn < turns; turn++) {
            for (int build = 0; build < builds.size(); build++) {
                results.get(build).add(measure(builds.get(build)));
            }
        }
        System.out.printf(
                "| build | heap of %,d users, MiB | list all users, ms | %,d users by id, ms |%n",
                SimulatorTurn.USERS, SimulatorTurn.GETS);
        System.out.println("|---|---:|---:|---:|");
        for (int build = 0; build < builds.size(); build++) {
            List<Figures> figures = results.get(build);
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    build == 0 ? "first" : "second",
                    range(figures, Figures::heapBytes, 1 << 20),
                    range(figures, Figures::listNanos, 1e6),
                    range(figures, Figures::getNanos, 1e6));
        }
    }

    /** Runs one turn in a JVM in which the build comes before the classes of this program. */
    private static Figures measure(String build) throws IOException, InterruptedException {
        Process turn = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        build + File.pathSeparator + System.getProperty("java.class.path"),
                        SimulatorTurn.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(turn.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (turn.waitFor() != 0) {
            throw new IllegalStateException("A turn failed. Check that the class path is complete: " + build);
        }
        return Figures.of(output.strip().lines().reduce((first, last) -> last).orElseThrow());
    }

    private static String range(List<Figures> figures, ToLongFunction<Figures> figure, double unit) {
        double[] sorted = figures.stream()
                .mapToDouble(each -> figure.applyAsLong(each) / unit)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT, "%.1f (%.1f to %.1f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
