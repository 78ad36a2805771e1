package io.github.bellhop.simulator.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What waits for its time, what waits for room in its lane, and what is in flight. Guarded by the dispatcher's lock. */
final class DueQueue {
    private final int inFlightPerLane;
    private final TreeSet<Entry> waiting = new TreeSet<>(Entry.BY_TIME);
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The lanes in which something is due, the one that waits longest for its turn first. */
    private final LinkedHashSet<Lane> runnable = new LinkedHashSet<>();

    private long numbers;
    private int inFlight;

    DueQueue(int inFlightPerLane) {
        this.inFlightPerLane = inFlightPerLane;
    }

    Lane lane(String name) {
        return lanes.computeIfAbsent(name, Lane::new);
    }

    void add(Entry entry, Instant at) {
        entry.at = at;
        entry.number = numbers++;
        waiting.add(entry);
        entry.lane.waiting++;
    }

    /** Takes an entry out that was not started. */
    void remove(Entry entry) {
        if (waiting.remove(entry)) {
            entry.lane.waiting--;
        } else if (entry.lane.ready.remove(entry) && entry.lane.ready.isEmpty()) {
            runnable.remove(entry.lane);
        }
    }

    /** Lets what is due go to its lane. */
    void ripen(Instant now) {
        while (!waiting.isEmpty() && !waiting.first().at.isAfter(now)) {
            Entry entry = waiting.first();
            waiting.remove(entry);
            entry.lane.waiting--;
            entry.lane.ready.add(entry);
            runnable.add(entry.lane);
        }
    }

    /** The next one to start, which from now on is in flight; null when none may. */
    @Nullable
    Entry next() {
        Lane lane = laneWithRoom();
        if (lane == null) {
            return null;
        }
        Entry entry = lane.ready.first();
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

    void ended(Entry entry) {
        inFlight--;
        entry.lane.inFlight--;
        forgetIfEmpty(entry.lane);
    }

    void forgetIfEmpty(Lane lane) {
        if (lane.isEmpty()) {
            lanes.remove(lane.name, lane);
        }
    }

    /** When the next one is due that is not due yet; null when none waits. */
    @Nullable
    Instant nextDue() {
        return waiting.isEmpty() ? null : waiting.first().at;
    }

    /** Whether nothing is in flight, and nothing due by then. */
    boolean isIdle(Instant until) {
        return inFlight == 0
                && runnable.isEmpty()
                && (waiting.isEmpty() || waiting.first().at.isAfter(until));
    }

    private @Nullable Lane laneWithRoom() {
        for (Lane lane : runnable) {
            if (lane.inFlight < inFlightPerLane) {
                return lane;
            }
        }
        return null;
    }
}
