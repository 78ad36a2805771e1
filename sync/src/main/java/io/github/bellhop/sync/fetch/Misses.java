package io.github.bellhop.sync.fetch;

import io.github.bellhop.sync.mirror.EntityKey;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cache of the entities that Clerk does not have. Entries expire, and their number is limited. Thread-safe. */
final class Misses {
    private final FetchSettings settings;
    private final InstantSource clock;
    /** In order of expiry, since all entries have the same lifetime. */
    private final Map<EntityKey, Long> expiries = new LinkedHashMap<>();

    Misses(FetchSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns whether Clerk recently reported that it does not have the entity. */
    synchronized boolean contains(EntityKey key) {
        Long end = expiries.get(key);
        return end != null && clock.millis() < end;
    }

    /** Adds an entity or renews its entry. If there are too many entries, the oldest is removed. */
    synchronized void add(EntityKey key) {
        expiries.remove(key);
        expiries.put(key, clock.millis() + settings.rememberFor().toMillis());
        if (expiries.size() > settings.rememberAtMost()) {
            expiries.remove(expiries.keySet().iterator().next());
        }
    }
}
