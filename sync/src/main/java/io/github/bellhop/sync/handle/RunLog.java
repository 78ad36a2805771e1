package io.github.bellhop.sync.handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the results of attempts. A stack trace is logged at most five times a minute for each handler and exception
 * class, or never if stack traces are switched off. Thread-safe.
 */
final class RunLog {
    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

    private static final int STACKS_PER_WINDOW = 5;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_WINDOWS = 1_000;

    private final InstantSource clock;
    private final boolean showsFaults;
    private final Map<String, Window> windows = new HashMap<>();

    /**
     * Creates a log.
     *
     * @param showsFaults whether to show more of an exception than its class
     */
    RunLog(InstantSource clock, boolean showsFaults) {
        this.clock = clock;
        this.showsFaults = showsFaults;
    }

    /** Returns the part of an exception's message to store; null if nothing is stored. */
    @Nullable
    String detail(Throwable fault) {
        return showsFaults ? new FaultRedactor(fault).detail() : null;
    }

    /** Logs a committed result. */
    void report(ClaimedRun run, RunResult result) {
        if (result instanceof RunResult.Failed failed) {
            reportFailed(run, failed);
        } else {
            log.debug("{}: {}", run, result.metric());
        }
    }

    private void reportFailed(ClaimedRun run, RunResult.Failed result) {
        RunResult.Failure why = result.why();
        String what = result.retryAt()
                .map(at -> "the run failed and will be retried at " + at)
                .orElse("the run is a dead letter");
        String text = run + ": " + what + " (" + why.reason() + (why.detail() == null ? "" : ": " + why.detail()) + ")";
        Throwable shown = null;
        if (why.fault() != null && showsFaults) {
            Window window =
                    countIn(run.run().handler() + " " + why.fault().getClass().getName());
            shown = window.count() <= STACKS_PER_WINDOW ? new FaultRedactor(why.fault()).logged() : null;
            text += window.omitted() == 0 ? "" : "; " + window.omitted() + " earlier stack traces omitted";
        }
        if (result.retryAt().isPresent()) {
            log.warn(text, shown);
        } else {
            log.error(text, shown);
        }
    }

    /**
     * The exceptions of one class from one handler within a minute.
     *
     * @param began   when the minute began
     * @param count   the number of exceptions
     * @param omitted for the first exception, how many exceptions of the previous window were logged without a stack
     *                trace; otherwise 0
     */
    private record Window(Instant began, int count, int omitted) {}

    private synchronized Window countIn(String key) {
        Instant now = clock.instant();
        Window known = windows.getOrDefault(key, new Window(Instant.MIN, 0, 0));
        boolean isOver = !now.isBefore(known.began().plus(WINDOW));
        if (isOver && windows.size() >= MAX_WINDOWS) {
            windows.clear();
        }
        Window counted = isOver
                ? new Window(now, 1, Math.max(0, known.count() - STACKS_PER_WINDOW))
                : new Window(known.began(), known.count() + 1, 0);
        windows.put(key, counted);
        return counted;
    }
}
