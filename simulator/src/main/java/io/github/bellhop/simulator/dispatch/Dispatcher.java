package io.github.bellhop.simulator.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts jobs when they are due, the earliest first, and limits the number of jobs in flight per lane. A full or slow
 * lane does not delay the others. Without a thread, jobs start only during {@link #runDue()}. Safe for concurrent use;
 * no lock is held while a job starts.
 *
 * @hidden
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration MAX_SLEEP = Duration.ofMillis(50);

    private final InstantSource clock;
    private final DueQueue queue;
    private final ThreadLocal<Boolean> starting = ThreadLocal.withInitial(() -> false);
    private @Nullable Thread thread;

    /** Creates a dispatcher without a thread. */
    public Dispatcher(InstantSource clock, int inFlightPerLane) {
        this.clock = clock;
        this.queue = new DueQueue(inFlightPerLane);
    }

    /**
     * Schedules a job in a lane, after any other jobs due at the same time, but does not start it.
     *
     * @param job starts the work without waiting for it to finish; the job is in flight until the returned stage
     *     completes
     */
    public Scheduled schedule(Instant at, String lane, Supplier<? extends CompletionStage<?>> job) {
        return queue.add(at, lane, job);
    }

    /** Starts the due jobs whose lanes have room. The others start as soon as their lanes have room. */
    public void runDue() {
        queue.moveDueJobsToLanes(clock.instant());
        startReady();
    }

    /** When the next job is due; null if none is scheduled. */
    public @Nullable Instant nextDue() {
        return queue.nextDue();
    }

    /**
     * Runs due jobs until nothing is in flight and no job is due by the given time.
     *
     * @param until   a time on the dispatcher's clock
     * @param timeout the maximum time to wait, by the system clock
     * @return false if the wait timed out
     */
    public boolean awaitIdle(Instant until, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            runDue();
            synchronized (queue) {
                if (queue.isIdle(until)) {
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(queue, Math.min(left, untilDue()));
            }
        }
    }

    /** Starts the thread that runs due jobs; does nothing if it is already running. */
    public synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::run, "bellhop-dispatch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Stops the thread. Jobs in flight continue; scheduled jobs are not started. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                runDue();
                awaitDue();
            }
        } catch (InterruptedException closed) {
            // close() interrupts the thread.
        }
    }

    /** Waits until a job is due or scheduled, but only for a short time, because a manual clock may be set forward. */
    private void awaitDue() throws InterruptedException {
        synchronized (queue) {
            TimeUnit.NANOSECONDS.timedWait(queue, untilDue());
        }
    }

    private long untilDue() {
        Instant due = queue.nextDue();
        Duration until = due == null ? MAX_SLEEP : Duration.between(clock.instant(), due);
        return Math.max(0, until.compareTo(MAX_SLEEP) < 0 ? until.toNanos() : MAX_SLEEP.toNanos());
    }

    /**
     * Starts jobs in a loop. If a job ends while it is being started, on the same thread, the nested call returns at
     * once, and this loop starts the next job.
     */
    private void startReady() {
        if (starting.get()) {
            return;
        }
        starting.set(true);
        try {
            for (Scheduled entry = queue.next(); entry != null; entry = queue.next()) {
                start(entry);
            }
        } finally {
            starting.remove();
        }
    }

    private void start(Scheduled entry) {
        CompletionStage<?> end;
        try {
            end = entry.job.get();
        } catch (RuntimeException | Error fault) {
            log.warn("A job could not be started", fault);
            ended(entry);
            return;
        }
        var unused = end.whenComplete((result, fault) -> {
            if (fault != null) {
                log.warn("A job failed", fault);
            }
            ended(entry);
        });
    }

    private void ended(Scheduled entry) {
        queue.ended(entry);
        startReady();
    }
}
