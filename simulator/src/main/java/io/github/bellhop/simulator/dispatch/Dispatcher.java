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
 * Starts jobs when their time has come, in the order of their times, with at most so many in flight per lane. A lane
 * that is full or slow holds up no other. Without its thread it works whenever {@link #runDue()} is called. Safe for
 * concurrent use; jobs are started without any lock being held.
 *
 * @hidden
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private final InstantSource clock;
    private final DueQueue queue;
    private final ThreadLocal<Boolean> starting = ThreadLocal.withInitial(() -> false);
    private @Nullable Thread thread;

    /** A dispatcher without a thread. */
    public Dispatcher(InstantSource clock, int inFlightPerLane) {
        this.clock = clock;
        this.queue = new DueQueue(inFlightPerLane);
    }

    /**
     * Puts a job into its lane for a time, behind everything that waits for the same. Nothing is started by this.
     *
     * @param job starts something without waiting for its end; until the end it counts as in flight
     */
    public Scheduled schedule(Instant at, String lane, Supplier<? extends CompletionStage<?>> job) {
        return queue.add(at, lane, job);
    }

    /** Starts what is due by now, as far as the lanes have room; what is due beyond that starts as room is made. */
    public void runDue() {
        queue.ripen(clock.instant());
        startReady();
    }

    /** When the next job is due; null when none waits. */
    public @Nullable Instant nextDue() {
        return queue.nextDue();
    }

    /**
     * Runs what is due until nothing is in flight and nothing waits that is due by a time.
     *
     * @param until   when on the dispatcher's clock
     * @param timeout how long to wait, on no clock but the machine's
     * @return false when the time-out came first
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

    /** Starts the thread that runs what is due; nothing when it runs already. */
    public synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::run, "bellhop-dispatch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Stops the thread. What is in flight goes on; what waits is not started. A second call does nothing. */
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
            // As told.
        }
    }

    /** Waits until something is due, or something new waits, for a moment at most: a clock may be set forward. */
    private void awaitDue() throws InterruptedException {
        synchronized (queue) {
            TimeUnit.NANOSECONDS.timedWait(queue, untilDue());
        }
    }

    private long untilDue() {
        Instant due = queue.nextDue();
        Duration until = due == null ? A_MOMENT : Duration.between(clock.instant(), due);
        return Math.max(0, until.compareTo(A_MOMENT) < 0 ? until.toNanos() : A_MOMENT.toNanos());
    }

    /** A job may end while it is started, on the same thread: then the loop that started it starts the next one. */
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
