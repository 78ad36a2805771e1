package io.github.bellhop.server.listen;

import io.github.bellhop.server.settings.UnusableSettingException;
import java.time.Duration;
import picocli.CommandLine.ExitCode;

/** Runs a source until the process is stopped, then lets deliveries in progress finish and prints the summary. */
public final class ListenRun {
    private final Source source;
    private final Forwarder forwarder;
    private final ListenReport report;
    private final Duration drain;
    private boolean ended;

    public ListenRun(Source source, Forwarder forwarder, ListenReport report, Duration drain) {
        this.source = source;
        this.forwarder = forwarder;
        this.report = report;
        this.drain = drain;
    }

    /**
     * Runs until the process is stopped or this thread is interrupted.
     *
     * @throws UnusableSettingException if the source refuses the connection; the summary is printed first
     */
    public int run() {
        Thread hook = new Thread(this::endProcess, "bellhop-listen-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            source.run();
        } catch (InterruptedException interrupted) {
            source.stop();
        } finally {
            remove(hook);
            end();
        }
        return ExitCode.OK;
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is already running and ends the process itself.
        }
    }

    /** Halts with exit code 0, because a process that is ended by a signal would have another exit code. */
    private void endProcess() {
        source.stop();
        end();
        Runtime.getRuntime().halt(ExitCode.OK);
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            report.end(forwarder.drain(drain));
            source.close();
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
