package io.github.bellhop.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that repeats a step, with a pause after each, until it is closed. A fault of a step never ends it. Start it
 * once.
 */
final class EngineThread implements AutoCloseable {
    private final Step step;
    private final Faults faults;
    private final Ending ending;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /** What the thread repeats. */
    @FunctionalInterface
    interface Step {
        /** Returns the pause before the next step; empty if there is nothing left to do, which ends the thread. */
        Optional<Duration> run(EngineThread thread);
    }

    /**
     * What happens after a step that failed.
     *
     * @param log   logs the fault; never throws
     * @param pause the pause before the next step
     */
    record Faults(Consumer<Throwable> log, Duration pause) {}

    /** How the thread begins and ends. */
    enum Ending {
        /** Begins with a step. Ends after the step under way; {@link #close()} waits for it, at most 10 seconds. */
        AFTER_THE_STEP(10_000),
        /** Begins with a step. Ends after the step under way; {@link #close()} does not wait for it. */
        UNAWAITED(0),
        /** Begins with a pause. Ends with one more step; interrupted if that takes more than 10 seconds. */
        WITH_ONE_MORE_STEP(10_000),
        /** The same; interrupted after 5 seconds. */
        SOON_WITH_ONE_MORE_STEP(5_000);

        private final long waitMillis;

        Ending(long waitMillis) {
            this.waitMillis = waitMillis;
        }

        private boolean hasOneMoreStep() {
            return this == WITH_ONE_MORE_STEP || this == SOON_WITH_ONE_MORE_STEP;
        }
    }

    /** A thread that is not yet running; see {@link #start()}. */
    EngineThread(String name, Ending ending, Faults faults, Step step) {
        this.step = step;
        this.faults = faults;
        this.ending = ending;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /** Ends the pause. If a step is under way, the next one follows without a pause. */
    void wake() {
        wakeUps.release();
    }

    /** Pauses on behalf of the thread's own step; returns false once the thread is closed. */
    boolean pause(Duration time) {
        try {
            return isOpenAfter(time);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private boolean isOpenAfter(Duration time) throws InterruptedException {
        boolean unused = !closing && wakeUps.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        wakeUps.drainPermits();
        return !closing;
    }

    private void run() {
        try {
            Optional<Duration> pause = ending.hasOneMoreStep() ? Optional.of(faults.pause()) : step();
            while (pause.isPresent() && isOpenAfter(pause.get())) {
                pause = step();
            }
            if (ending.hasOneMoreStep()) {
                var unused = step();
            }
        } catch (InterruptedException stopped) {
            // A step took too long after the thread was closed.
            return;
        }
    }

    private Optional<Duration> step() {
        try {
            return step.run(this);
        } catch (RuntimeException | Error fault) {
            faults.log().accept(fault);
            return Optional.of(faults.pause());
        }
    }

    /** Ends the thread as its {@link Ending} says. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, ending.waitMillis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (ending.hasOneMoreStep()) {
            thread.interrupt();
        }
    }
}
