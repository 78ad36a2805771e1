package io.github.bellhop.simulator.dispatch;

import java.util.TreeSet;

/** What goes to one place: its due jobs in order, and how many are in flight. Guarded by the dispatcher's lock. */
final class Lane {
    final String name;
    final TreeSet<Entry> ready = new TreeSet<>(Entry.BY_TIME);
    int inFlight;
    int waiting;

    Lane(String name) {
        this.name = name;
    }

    boolean isEmpty() {
        return inFlight == 0 && waiting == 0 && ready.isEmpty();
    }
}
