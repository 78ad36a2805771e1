package io.github.bellhop.sync;

import io.github.bellhop.sync.EngineThread.Ending;
import io.github.bellhop.sync.EngineThread.Faults;
import io.github.bellhop.sync.refusal.Refusals;
import io.github.bellhop.sync.retention.Retention;
import io.github.bellhop.sync.retry.Worker;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.FaultLog;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Cascades;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's threads besides those that write and those that call handlers: what each repeats, and how often. */
final class EngineThreads {
    private static final Logger log = LoggerFactory.getLogger(EngineThreads.class);

    private static final Duration MIN_CASCADE_PAUSE = Duration.ofMillis(20);
    private static final Duration MAX_CASCADE_PAUSE = Duration.ofSeconds(1);
    private static final Duration FAILED_CASCADE_PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_INDEX_BUILDS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_RETENTIONS = Duration.ofMinutes(1);
    private static final Duration RETENTION_PAUSE = Duration.ofMillis(100);
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(2);

    private EngineThreads() {}

    /** Mirrors the messages that are due: at intervals, and at once when woken. */
    static EngineThread worker(Worker worker, Backlog backlog, Duration interval) {
        RepeatedFaults faults = new RepeatedFaults();
        return new EngineThread("bellhop-worker", Ending.WITH_ONE_MORE_STEP, new Faults(faults, interval), thread -> {
            int attempts = worker.runOnce();
            log.trace("Made {} attempts", attempts);
            backlog.refresh();
            faults.end();
            return Optional.of(interval);
        });
    }

    /** Logs a fault once, as long as the same one repeats. */
    private static final class RepeatedFaults implements Consumer<Throwable> {
        private String logged = "";

        @Override
        public void accept(Throwable fault) {
            // Without memory, even the comparison could fail and end the thread.
            if (fault instanceof RuntimeException) {
                String words = StoreException.brief(fault);
                if (words.equals(logged)) {
                    return;
                }
                logged = words;
            }
            FaultLog.warn(log, "The worker pauses", fault);
        }

        void end() {
            logged = "";
        }
    }

    private static Faults warning(String what, Duration pause) {
        return new Faults(fault -> FaultLog.warn(log, what, fault), pause);
    }

    /** Does the steps of cascades, and leaves the database to others for as long as each step took. */
    static EngineThread cascades(Cascades cascades, Duration interval) {
        Duration failed = interval.compareTo(FAILED_CASCADE_PAUSE) > 0 ? interval : FAILED_CASCADE_PAUSE;
        return new EngineThread(
                "bellhop-cascades",
                Ending.AFTER_THE_STEP,
                warning("A deletion of many rows pauses and goes on later", failed),
                thread -> {
                    long begun = System.nanoTime();
                    if (!cascades.step()) {
                        return Optional.of(interval);
                    }
                    long taken = Math.min(System.nanoTime() - begun, MAX_CASCADE_PAUSE.toNanos());
                    return Optional.of(Duration.ofNanos(Math.max(MIN_CASCADE_PAUSE.toNanos(), taken)));
                });
    }

    /** Clears what has expired, in small steps with pauses between them. */
    static EngineThread retention(Retention retention) {
        return new EngineThread(
                "bellhop-retention",
                Ending.AFTER_THE_STEP,
                warning("The retention pauses", BETWEEN_RETENTIONS),
                thread -> {
                    retention.runOnce(() -> thread.pause(RETENTION_PAUSE));
                    return Optional.of(BETWEEN_RETENTIONS);
                });
    }

    /**
     * Builds the indexes that are missing, then ends. A build that is under way when the thread is closed goes on until
     * the database's connections are closed.
     */
    static EngineThread indexes(Database database) {
        return new EngineThread(
                "bellhop-indexes",
                Ending.UNAWAITED,
                warning("An index could not be built and is tried again", BETWEEN_INDEX_BUILDS),
                thread -> Schema.buildIndexes(database) ? Optional.empty() : Optional.of(BETWEEN_INDEX_BUILDS));
    }

    /** Writes down what was refused, once more at the end. */
    static EngineThread refusals(Refusals refusals) {
        Consumer<Throwable> faults = fault -> FaultLog.debug(log, "Refusals are not written yet", fault);
        return new EngineThread(
                "bellhop-refusals", Ending.SOON_WITH_ONE_MORE_STEP, new Faults(faults, BETWEEN_REFUSALS), thread -> {
                    refusals.runOnce();
                    return Optional.of(BETWEEN_REFUSALS);
                });
    }
}
