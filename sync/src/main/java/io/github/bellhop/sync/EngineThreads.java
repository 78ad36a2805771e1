package io.github.bellhop.sync;

import io.github.bellhop.sync.EngineThread.Faults;
import io.github.bellhop.sync.EngineThread.Shutdown;
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

/**
 * Creates the engine's background threads, except the writer and the handler threads, and defines the step and the
 * interval of each.
 */
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

    /** Mirrors the messages that are due, at intervals and immediately when woken. */
    static EngineThread worker(Worker worker, Backlog backlog, Duration interval) {
        RepeatedFaults faults = new RepeatedFaults();
        Faults logged = new Faults(faults, interval);
        return new EngineThread("bellhop-worker", Shutdown.AFTER_ONE_MORE_STEP, logged, thread -> {
            int attempts = worker.runOnce();
            log.trace("Made {} attempts", attempts);
            backlog.refresh();
            faults.end();
            return Optional.of(interval);
        });
    }

    /** Logs an exception only once if it repeats. */
    private static final class RepeatedFaults implements Consumer<Throwable> {
        private String logged = "";

        @Override
        public void accept(Throwable fault) {
            // After an OutOfMemoryError, even the comparison could fail and end the thread.
            if (fault instanceof RuntimeException) {
                String description = StoreException.brief(fault);
                if (description.equals(logged)) {
                    return;
                }
                logged = description;
            }
            FaultLog.warn(log, "The worker failed and will run again", fault);
        }

        void end() {
            logged = "";
        }
    }

    private static Faults warning(String what, Duration pause) {
        return new Faults(fault -> FaultLog.warn(log, what, fault), pause);
    }

    /**
     * Deletes the rows of cascades in steps. Each pause is as long as the step before it, so that other work can use
     * the database.
     */
    static EngineThread cascades(Cascades cascades, Duration interval) {
        Duration failed = interval.compareTo(FAILED_CASCADE_PAUSE) > 0 ? interval : FAILED_CASCADE_PAUSE;
        return new EngineThread(
                "bellhop-cascades",
                Shutdown.AFTER_CURRENT_STEP,
                warning("A cascading deletion failed and will resume", failed),
                thread -> {
                    long startedAt = System.nanoTime();
                    if (!cascades.step()) {
                        return Optional.of(interval);
                    }
                    long taken = Math.min(System.nanoTime() - startedAt, MAX_CASCADE_PAUSE.toNanos());
                    return Optional.of(Duration.ofNanos(Math.max(MIN_CASCADE_PAUSE.toNanos(), taken)));
                });
    }

    /** Clears expired data in small steps, with pauses between them. */
    static EngineThread retention(Retention retention) {
        return new EngineThread(
                "bellhop-retention",
                Shutdown.AFTER_CURRENT_STEP,
                warning("Clearing expired data failed; retrying later", BETWEEN_RETENTIONS),
                thread -> {
                    retention.runOnce(() -> thread.pause(RETENTION_PAUSE));
                    return Optional.of(BETWEEN_RETENTIONS);
                });
    }

    /**
     * Builds the missing indexes, then ends. If the thread is closed during a build, the build continues until the
     * database's connections are closed.
     */
    static EngineThread indexes(Database database) {
        return new EngineThread(
                "bellhop-indexes",
                Shutdown.WITHOUT_WAITING,
                warning("An index could not be built; the build will be retried", BETWEEN_INDEX_BUILDS),
                thread -> Schema.buildIndexes(database) ? Optional.empty() : Optional.of(BETWEEN_INDEX_BUILDS));
    }

    /** Writes the refusal counts at intervals, and once more when closed. */
    static EngineThread refusals(Refusals refusals) {
        Consumer<Throwable> faults = fault -> FaultLog.debug(log, "Refusals could not be written; retrying", fault);
        return new EngineThread(
                "bellhop-refusals",
                Shutdown.AFTER_ONE_MORE_SHORT_STEP,
                new Faults(faults, BETWEEN_REFUSALS),
                thread -> {
                    refusals.runOnce();
                    return Optional.of(BETWEEN_REFUSALS);
                });
    }
}
