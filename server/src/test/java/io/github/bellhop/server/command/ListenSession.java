package io.github.bellhop.server.command;

import io.github.bellhop.server.testing.FixedEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/** Runs {@code bellhop listen} on its own thread until it is stopped. */
final class ListenSession implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    ListenSession(Path directory, Map<String, String> variables, String... arguments) {
        CommandLine line = BellhopCommand.line(new FixedEnvironment(directory, variables));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("listen"));
        all.addAll(List.of(arguments));
        thread = new Thread(() -> exitCode.complete(line.execute(all.toArray(String[]::new))), "listen");
        thread.start();
    }

    String out() {
        return out.toString();
    }

    /** Returns the error output without line breaks. */
    String err() {
        return err.toString().replaceAll("\\s+", " ");
    }

    ListenSession connected() {
        await("it is connected", () -> err().contains("Connected to"));
        return this;
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || exitCode.isDone() && !condition.getAsBoolean()) {
                throw new AssertionError("timed out while waiting until " + what + ":\n" + out() + err());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Stops the command like Ctrl-C, and waits until it has ended. */
    int end() {
        thread.interrupt();
        return exitCode();
    }

    boolean hasEnded() {
        return exitCode.isDone();
    }

    int exitCode() {
        return exitCode.orTimeout(120, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
