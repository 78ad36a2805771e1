package io.github.bellhop.simulator.dispatch;

import java.time.Instant;
import java.util.Comparator;

/** A job in the queue. Guarded by the dispatcher's lock. */
final class Entry implements Scheduled {
    static final Comparator<Entry> BY_TIME =
            Comparator.<Entry, Instant>comparing(entry -> entry.at).thenComparing(entry -> entry.number);

    enum State {
        WAITING,
        STARTED,
        CANCELLED
    }

    final Lane lane;
    final Job job;
    Instant at;
    long number;
    State state = State.WAITING;
    private final Dispatcher dispatcher;

    Entry(Dispatcher dispatcher, Lane lane, Job job, Instant at, long number) {
        this.dispatcher = dispatcher;
        this.lane = lane;
        this.job = job;
        this.at = at;
        this.number = number;
    }

    @Override
    public boolean cancel() {
        return dispatcher.cancel(this);
    }

    @Override
    public void moveTo(Instant time) {
        dispatcher.move(this, time);
    }
}
