package io.github.bellhop.simulator.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its time, what waits for room in its lane, and what is in flight. Whoever waits on it is woken by every
 * change. Safe for concurrent use.
 */
final class DueQueue {
    private final int inFlightPerLane;
    private final TreeSet<Scheduled> waiting = new TreeSet<>(Scheduled.BY_TIME);
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The lanes in which something is due, the one that waits longest for its turn first. */
    private final LinkedHashSet<Lane> runnable = new LinkedHashSet<>();

    private long numbers;
    private int inFlight;

    DueQueue(int inFlightPerLane) {
        this.inFlightPerLane = inFlightPerLane;
    }

    synchronized Scheduled add(Instant at, String lane, Supplier<? extends CompletionStage<?>> job) {
        Scheduled entry = new Scheduled(this, lanes.computeIfAbsent(lane, Lane::new), job);
        put(entry, at);
        return entry;
    }

    private void put(Scheduled entry, Instant at) {
        entry.at = at;
        entry.number = numbers++;
        waiting.add(entry);
        entry.lane.waiting++;
        notifyAll();
    }

    /** Takes out what was not started; false when it was, or was taken out before. */
    synchronized boolean cancel(Scheduled entry) {
        if (!remove(entry)) {
            return false;
        }
        forgetIfEmpty(entry.lane);
        notifyAll();
        return true;
    }

    /** Gives another time to what was not started. */
    synchronized void move(Scheduled entry, Instant at) {
        if (remove(entry)) {
            put(entry, at);
        }
    }

    private boolean remove(Scheduled entry) {
        if (waiting.remove(entry)) {
            entry.lane.waiting--;
            return true;
        }
        boolean ready = entry.lane.ready.remove(entry);
        if (ready && entry.lane.ready.isEmpty()) {
            runnable.remove(entry.lane);
        }
        return ready;
    }

    /** Lets what is due go to its lane. */
    synchronized void ripen(Instant now) {
        while (!waiting.isEmpty() && !waiting.first().at.isAfter(now)) {
            Scheduled entry = waiting.first();
            waiting.remove(entry);
            entry.lane.waiting--;
            entry.lane.ready.add(entry);
            runnable.add(entry.lane);
        }
    }

    /** The next one to start, which from now on is in flight; null when none may. */
    @Nullable
    synchronized Scheduled next() {
        Lane lane = laneWithRoom();
        if (lane == null) {
            return null;
        }
        Scheduled entry = lane.ready.first();
        lane.ready.remove(entry);
        lane.inFlight++;
        inFlight++;
        // To the end, so that the lanes take turns.
        runnable.remove(lane);
        if (!lane.ready.isEmpty()) {
            runnable.add(lane);
        }
        return entry;
    }

    synchronized void ended(Scheduled entry) {
        inFlight--;
        entry.lane.inFlight--;
        forgetIfEmpty(entry.lane);
        notifyAll();
    }

    private void forgetIfEmpty(Lane lane) {
        if (lane.isEmpty()) {
            lanes.remove(lane.name, lane);
        }
    }

    /** When the next one is due that is not due yet; null when none waits. */
    @Nullable
    synchronized Instant nextDue() {
        return waiting.isEmpty() ? null : waiting.first().at;
    }

    /** Whether nothing is in flight, and nothing due by then. */
    synchronized boolean isIdle(Instant until) {
        return inFlight == 0
                && runnable.isEmpty()
                && (waiting.isEmpty() || waiting.first().at.isAfter(until));
    }

    private @Nullable Lane laneWithRoom() {
        return runnable.stream()
                .filter(lane -> lane.inFlight < inFlightPerLane)
                .findFirst()
                .orElse(null);
    }

    /** What goes to one place: its due jobs in order, and how many are in flight. */
    static final class Lane {
        private final String name;
        private final TreeSet<Scheduled> ready = new TreeSet<>(Scheduled.BY_TIME);
        private int inFlight;
        private int waiting;

        private Lane(String name) {
            this.name = name;
        }

        private boolean isEmpty() {
            return inFlight == 0 && waiting == 0 && ready.isEmpty();
        }
    }
}
