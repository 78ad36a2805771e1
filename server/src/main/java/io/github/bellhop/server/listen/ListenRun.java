package io.github.bellhop.server.listen;

import io.github.bellhop.server.settings.UnusableSettingException;
import java.time.Duration;
import picocli.CommandLine.ExitCode;

/** Runs a source until it is told to end, and ends well: what is under way comes to its end, then the summary. */
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
     * Runs until the process is told to end or this thread is interrupted.
     *
     * @throws UnusableSettingException when the source refuses; what came before is forwarded and summed up
     */
    public int run() {
        Thread hook = new Thread(this::endProcess, "bellhop-listen-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            source.run();
        } catch (InterruptedException ends) {
            source.stop();
        } finally {
            forget(hook);
            end();
        }
        return ExitCode.OK;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException itRuns) {
            // It ends the process itself.
        }
    }

    /** A process that a signal ends has another exit code than 0, unless it ends itself. */
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
