package io.github.bellhop.server.testing;

import io.github.bellhop.server.BellhopMain;
import io.github.bellhop.sync.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the program as a separate process in a given folder, on free ports. */
public final class ProgramProcess implements RunningProgram {
    private static final Pattern PORT = Pattern.compile("Accepting deliveries on port (\\d+)");

    private static final int FIRST_PORT = 12_000;
    private static final int PORTS = 18_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

    private final Process process;
    private final Path output;

    private ProgramProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the program; an empty value unsets the variable. */
    public static ProgramProcess start(
            Path folder, Map<String, String> environment, List<String> jvmOptions, String... arguments) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(ProgramClasses.options(ProgramProcess::trialRun));
        return start(folder, environment, options, List.of(arguments));
    }

    private static void trialRun(Path folder, List<String> options) {
        try (ProgramProcess program = start(folder, Map.of(), options, List.of("serve"))) {
            program.awaitReady();
            program.terminate();
            int unused = program.exitCode();
        }
    }

    private static ProgramProcess start(
            Path folder, Map<String, String> environment, List<String> options, List<String> arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (Runtime.version().feature() >= 24) {
                command.add("--enable-native-access=ALL-UNNAMED");
            }
            command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
            command.addAll(options);
            command.add(BellhopMain.class.getName());
            command.addAll(arguments);
            Path output = Files.createTempFile(folder, "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("BELLHOP_") || name.startsWith("CLERK_"));
            builder.environment().put("CLERK_WEBHOOK_SIGNING_SECRET", SECRET);
            builder.environment().put("BELLHOP_PORT", "0");
            builder.environment().put("BELLHOP_CONSOLE_PORT", "0");
            builder.environment().put("BELLHOP_SIMULATOR_PORT", "0");
            builder.environment().put("BELLHOP_IP_ALLOWLIST", "off");
            builder.environment().putAll(environment);
            return new ProgramProcess(builder.start(), output);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /**
     * Returns a free port of this machine, below the range from which the system assigns ports to outgoing connections
     * and to sockets without a fixed port.
     */
    public static int freePort() {
        while (true) {
            int port = FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Try the next one.
            }
        }
    }

    /** Returns the environment variables for a database. */
    public static Map<String, String> environment(DatabaseSettings settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("BELLHOP_DATABASE_URL", settings.url());
        if (settings.user() != null) {
            environment.put("BELLHOP_DATABASE_USER", settings.user());
            environment.put("BELLHOP_DATABASE_PASSWORD", String.valueOf(settings.password()));
        }
        return environment;
    }

    /** Starts {@code bellhop serve} and waits until it accepts deliveries. */
    public static ProgramProcess serve(Path folder, Map<String, String> environment) {
        ProgramProcess program = start(folder, environment, List.of(), "serve");
        program.awaitReady();
        return program;
    }

    public void awaitReady() {
        await("the program accepts deliveries", () -> PORT.matcher(output()).find());
        await("the program is ready", () -> Http.status(url("/health/ready")) == 200);
    }

    @Override
    public URI url(String path) {
        Matcher matcher = PORT.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no port yet:\n" + output());
        }
        return URI.create("http://127.0.0.1:" + matcher.group(1) + path);
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public String describe() {
        return "; output of the program:\n" + output();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL and waits until the process has ended. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the program did not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
