package io.github.bellhop.sync.fetch;

import io.github.bellhop.sync.mirror.EntityKey;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers for a while what Clerk does not know, of a bounded number of ids. Thread-safe. */
final class Misses {
    private final FetchSettings settings;
    private final InstantSource clock;
    /** In the order in which they expire: all are remembered for the same time. */
    private final Map<EntityKey, Long> until = new LinkedHashMap<>();

    Misses(FetchSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    synchronized boolean remember(EntityKey key) {
        Long end = until.get(key);
        return end != null && clock.millis() < end;
    }

    synchronized void add(EntityKey key) {
        until.remove(key);
        until.put(key, clock.millis() + settings.rememberFor().toMillis());
        if (until.size() > settings.rememberAtMost()) {
            until.remove(until.keySet().iterator().next());
        }
    }
}
