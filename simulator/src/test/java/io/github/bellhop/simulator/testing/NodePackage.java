package io.github.bellhop.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A package of scripts that run Node clients against the simulator. The scripts are in {@code src/test/node} and are
 * installed with npm in {@code target}. Tests that use a package are skipped if Node is missing or npm
 * cannot reach its registry.
 */
public final class NodePackage {
    /** Words in npm's output when the network is down. */
    private static final Pattern UNREACHABLE =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT");

    private static final Path SOURCES = Path.of("src", "test", "node");

    private final Path folder;

    private NodePackage(Path folder) {
        this.folder = folder;
    }

    /** Installs a package once per build. Skips the test if Node or npm is missing. */
    public static NodePackage installed(String name) {
        return installed(SOURCES.resolve(name), name);
    }

    /** Installs a package from the given folder. */
    public static synchronized NodePackage installed(Path sources, String name) {
        Assumptions.assumeTrue(answers("node"), "Skipped: Node is not on the path");
        Assumptions.assumeTrue(answers("npm"), "Skipped: npm is not on the path");
        Path folder = Path.of("target", "node", name).toAbsolutePath();
        try {
            copy(sources, folder);
            Path mark = folder.resolve("installed");
            byte[] lock = Files.readAllBytes(folder.resolve("package-lock.json"));
            if (!Files.exists(mark) || !Arrays.equals(Files.readAllBytes(mark), lock)) {
                install(folder);
                Files.write(mark, lock);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return new NodePackage(folder);
    }

    /** Tries twice, because the registry may be temporarily unreachable. */
    private static void install(Path folder) {
        String[] command = {"npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"};
        Run run = run(folder, 300, Map.of(), command);
        if (run.exit() != 0) {
            run = run(folder, 300, Map.of(), command);
        }
        Assumptions.assumeFalse(UNREACHABLE.matcher(run.output()).find(), "Skipped: npm cannot reach its registry");
        assertThat(run.exit()).as("npm ci in %s: %s", folder, run.output()).isZero();
    }

    /** Returns the major version of Node; 0 if Node is missing. */
    public static int nodeMajor() {
        if (!answers("node")) {
            return 0;
        }
        String version =
                run(Path.of("."), 30, Map.of(), "node", "--version").output().strip();
        return Integer.parseInt(version.substring(1, version.indexOf('.')));
    }

    /** Runs a script for at most ten minutes, asserts that it succeeded, and returns its output. */
    public String run(String script, Map<String, String> environment, String... arguments) {
        Run run = run(folder, 600, environment, command(script, arguments));
        assertThat(run.exit()).as("%s: %s", script, run.output()).isZero();
        return run.output();
    }

    /** Starts a script, which runs until its process is destroyed; see {@link #output()}. */
    public Process start(String script, Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(script, arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Returns the output of the started script so far. */
    public String output() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String[] command(String script, String... arguments) {
        return Stream.concat(Stream.of("node", script), Arrays.stream(arguments))
                .toArray(String[]::new);
    }

    private record Run(int exit, String output) {}

    private static boolean answers(String program) {
        try {
            return run(Path.of("."), 30, Map.of(), program, "--version").exit() == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }

    private static Run run(Path folder, int seconds, Map<String, String> environment, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread watchdog = new Thread(() -> {
                try {
                    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                    }
                } catch (InterruptedException stopped) {
                    process.destroyForcibly();
                }
            });
            watchdog.setDaemon(true);
            watchdog.start();
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                return new Run(process.waitFor(), text);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (file.toString().matches(".*(node_modules|[.]next).*")) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    try {
                        Files.createDirectories(target);
                    } catch (FileAlreadyExistsException e) {
                        // Already copied.
                    }
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
