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
 * Holds the jobs that are not due yet and the due jobs that wait for room in their lane, and counts the jobs in flight.
 * Every change wakes the threads that wait on this object. Safe for concurrent use.
 */
final class DueQueue {
    private final int inFlightPerLane;
    private final TreeSet<Scheduled> waiting = new TreeSet<>(Scheduled.BY_TIME);
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The lanes with due jobs, starting with the lane that has waited longest. */
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

    /** Cancels a job that has not started; returns false if it has started or was already canceled. */
    synchronized boolean cancel(Scheduled entry) {
        if (!remove(entry)) {
            return false;
        }
        forgetIfEmpty(entry.lane);
        notifyAll();
        return true;
    }

    /** Reschedules a job that has not started. */
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

    synchronized void moveDueJobsToLanes(Instant now) {
        while (!waiting.isEmpty() && !waiting.first().at.isAfter(now)) {
            Scheduled entry = waiting.first();
            waiting.remove(entry);
            entry.lane.waiting--;
            entry.lane.ready.add(entry);
            runnable.add(entry.lane);
        }
    }

    /** Takes the next job to start and counts it as in flight; returns null if no job may start. */
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
        // Move the lane to the end, so that lanes take turns.
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

    /** When the first of the jobs that are not due yet becomes due; null if there is no such job. */
    @Nullable
    synchronized Instant nextDue() {
        return waiting.isEmpty() ? null : waiting.first().at;
    }

    /** Whether nothing is in flight and no job is due by the given time. */
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

    /** The due jobs of one lane, in order, and the number of its jobs in flight. */
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
