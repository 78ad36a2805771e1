package io.github.bellhop.server.command;

import io.github.bellhop.server.testing.FixedEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/** Runs a command on its own thread until it is stopped. */
final class CommandSession implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    CommandSession(Path directory, Map<String, String> variables, String... arguments) {
        CommandLine line = BellhopCommand.line(new FixedEnvironment(directory, variables));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        thread = new Thread(() -> exitCode.complete(line.execute(arguments)), arguments[0]);
        thread.start();
    }

    String out() {
        return out.toString();
    }

    /** Returns the error output without line breaks. */
    String err() {
        return err.toString().replaceAll("\\s+", " ");
    }

    CommandSession connected() {
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
