package io.github.bellhop.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that repeats a step, with a pause after each one, until it is closed. An exception in a step never ends the
 * thread. Start it once.
 */
final class EngineThread implements AutoCloseable {
    private final Step step;
    private final Faults faults;
    private final Shutdown shutdown;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /** The step that the thread repeats. */
    @FunctionalInterface
    interface Step {
        /** Runs the step and returns the pause before the next one, or empty to end the thread. */
        Optional<Duration> run(EngineThread thread);
    }

    /**
     * What to do after a step has failed.
     *
     * @param log   logs the exception; never throws
     * @param pause the pause before the next step
     */
    record Faults(Consumer<Throwable> log, Duration pause) {}

    /** How the thread starts and stops. */
    enum Shutdown {
        /**
         * Starts with a step. Stops after the current step; {@link #close()} waits for that, but at most 10 seconds.
         */
        AFTER_CURRENT_STEP(10_000),
        /** Starts with a step. Stops after the current step; {@link #close()} does not wait for that. */
        WITHOUT_WAITING(0),
        /** Starts with a pause. Stops after one more step, which is interrupted after 10 seconds. */
        AFTER_ONE_MORE_STEP(10_000),
        /** Starts with a pause. Stops after one more step, which is interrupted after 5 seconds. */
        AFTER_ONE_MORE_SHORT_STEP(5_000);

        private final long waitMillis;

        Shutdown(long waitMillis) {
            this.waitMillis = waitMillis;
        }

        private boolean hasOneMoreStep() {
            return this == AFTER_ONE_MORE_STEP || this == AFTER_ONE_MORE_SHORT_STEP;
        }
    }

    /** Creates a thread; {@link #start()} starts it. */
    EngineThread(String name, Shutdown shutdown, Faults faults, Step step) {
        this.step = step;
        this.faults = faults;
        this.shutdown = shutdown;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /** Ends the current pause; if a step is running, skips the pause after it. */
    void wake() {
        wakeUps.release();
    }

    /** Pauses in the middle of a step; call it only on this thread. Returns false if the thread is being closed. */
    boolean pause(Duration time) {
        try {
            return isOpenAfter(time);
        } catch (InterruptedException interrupted) {
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
            Optional<Duration> pause = shutdown.hasOneMoreStep() ? Optional.of(faults.pause()) : step();
            while (pause.isPresent() && isOpenAfter(pause.get())) {
                pause = step();
            }
            if (shutdown.hasOneMoreStep()) {
                var unused = step();
            }
        } catch (InterruptedException interrupted) {
            // The last step took too long, so close() interrupted it.
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

    /** Stops the thread as its {@link Shutdown} defines. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, shutdown.waitMillis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (shutdown.hasOneMoreStep()) {
            thread.interrupt();
        }
    }
}
