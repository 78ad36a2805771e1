package io.github.bellhop.simulator.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts jobs when their time has come, in the order of their times, with at most so many in flight per lane. A lane
 * that is full or slow holds up no other. Without its thread it works whenever {@link #runDue()} is called. Safe for
 * concurrent use; jobs are started without any lock being held.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final InstantSource clock;
    private final int inFlightPerLane;
    private final Object lock = new Object();
    private final TreeSet<Entry> waiting = new TreeSet<>(Entry.BY_TIME);
    private final Map<String, Lane> lanes = new HashMap<>();
    private final LinkedHashSet<Lane> runnable = new LinkedHashSet<>();
    private final ThreadLocal<Boolean> starting = ThreadLocal.withInitial(() -> false);
    private long numbers;
    private int inFlight;
    private @Nullable DispatchThread thread;

    /** A dispatcher without a thread. */
    public Dispatcher(InstantSource clock, int inFlightPerLane) {
        this.clock = clock;
        this.inFlightPerLane = inFlightPerLane;
    }

    /** Puts a job into its lane for a time, behind everything that waits for the same. Nothing is started by this. */
    public Scheduled schedule(Instant at, String lane, Job job) {
        synchronized (lock) {
            Entry entry = new Entry(this, lanes.computeIfAbsent(lane, Lane::new), job, at, numbers++);
            waiting.add(entry);
            entry.lane.waiting++;
            lock.notifyAll();
            return entry;
        }
    }

    /** Starts what is due by now, as far as the lanes have room; what is due beyond that starts as room is made. */
    public void runDue() {
        synchronized (lock) {
            Instant now = clock.instant();
            while (!waiting.isEmpty() && !waiting.first().at.isAfter(now)) {
                Entry entry = waiting.first();
                waiting.remove(entry);
                entry.lane.waiting--;
                entry.lane.ready.add(entry);
                runnable.add(entry.lane);
            }
        }
        startReady();
    }

    /** When the next job is due; null when none waits. */
    public @Nullable Instant nextDue() {
        synchronized (lock) {
            return waiting.isEmpty() ? null : waiting.first().at;
        }
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
            synchronized (lock) {
                if (inFlight == 0
                        && runnable.isEmpty()
                        && (waiting.isEmpty() || waiting.first().at.isAfter(until))) {
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, Math.min(left, untilDue(Duration.ofMillis(50))));
            }
        }
    }

    /** Starts the thread that runs what is due; nothing when it runs already. */
    public void start() {
        synchronized (lock) {
            if (thread == null) {
                thread = new DispatchThread(this);
                thread.start();
            }
        }
    }

    /** Stops the thread. What is in flight goes on; what waits is not started. A second call does nothing. */
    @Override
    public void close() {
        DispatchThread stopped;
        synchronized (lock) {
            stopped = thread;
            thread = null;
        }
        if (stopped != null) {
            stopped.close();
        }
    }

    /** Waits until something is due, or something new waits, for a moment at most: a clock may be set forward. */
    void awaitDue() throws InterruptedException {
        synchronized (lock) {
            long nanos = untilDue(Duration.ofMillis(100));
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, nanos);
            }
        }
    }

    private long untilDue(Duration most) {
        if (waiting.isEmpty()) {
            return most.toNanos();
        }
        Duration until = Duration.between(clock.instant(), waiting.first().at);
        return until.isNegative() ? 0 : Math.max(1, until.compareTo(most) < 0 ? until.toNanos() : most.toNanos());
    }

    boolean cancel(Entry entry) {
        synchronized (lock) {
            if (entry.state != Entry.State.WAITING) {
                return false;
            }
            entry.state = Entry.State.CANCELLED;
            remove(entry);
            forget(entry.lane);
            lock.notifyAll();
            return true;
        }
    }

    void move(Entry entry, Instant at) {
        synchronized (lock) {
            if (entry.state == Entry.State.WAITING) {
                remove(entry);
                entry.at = at;
                entry.number = numbers++;
                waiting.add(entry);
                entry.lane.waiting++;
                lock.notifyAll();
            }
        }
    }

    private void remove(Entry entry) {
        if (waiting.remove(entry)) {
            entry.lane.waiting--;
        } else if (entry.lane.ready.remove(entry) && entry.lane.ready.isEmpty()) {
            runnable.remove(entry.lane);
        }
    }

    private void forget(Lane lane) {
        if (lane.isEmpty()) {
            lanes.remove(lane.name, lane);
        }
    }

    /** A job may end while it is started, on the same thread: then the loop that started it starts the next one. */
    private void startReady() {
        if (starting.get()) {
            return;
        }
        starting.set(true);
        try {
            for (Entry entry = next(); entry != null; entry = next()) {
                start(entry);
            }
        } finally {
            starting.remove();
        }
    }

    private @Nullable Entry next() {
        synchronized (lock) {
            Lane lane = laneWithRoom();
            if (lane == null) {
                return null;
            }
            Entry entry = lane.ready.first();
            lane.ready.remove(entry);
            entry.state = Entry.State.STARTED;
            lane.inFlight++;
            inFlight++;
            // To the end, so that the lanes take turns.
            runnable.remove(lane);
            if (!lane.ready.isEmpty()) {
                runnable.add(lane);
            }
            return entry;
        }
    }

    private @Nullable Lane laneWithRoom() {
        for (Lane lane : runnable) {
            if (lane.inFlight < inFlightPerLane) {
                return lane;
            }
        }
        return null;
    }

    private void start(Entry entry) {
        CompletionStage<?> end;
        try {
            end = entry.job.start();
        } catch (RuntimeException fault) {
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

    private void ended(Entry entry) {
        synchronized (lock) {
            inFlight--;
            entry.lane.inFlight--;
            forget(entry.lane);
            lock.notifyAll();
        }
        startReady();
    }
}
