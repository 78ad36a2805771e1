package io.github.bellhop.sync;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The status of an app's handlers. The counts of runs cover the whole database and may be a few seconds old.
 *
 * @param waiting the number of runs that are neither done nor dead letters
 * @param failing how many of the waiting runs have failed at least once
 * @param dead    the number of runs that are dead letters
 * @param oldest  when the message of the oldest waiting run was received; null if none is waiting
 * @param stuck   the number of calls in this process that have not returned after their timeout, by handler
 */
public record HandlerStanding(
        long waiting, long failing, long dead, @Nullable Instant oldest, Map<String, Integer> stuck) {
    /** Copies the map and sorts it by handler name. */
    public HandlerStanding {
        stuck = new TreeMap<>(stuck);
    }

    /** Returns the entries for the app's health endpoint. */
    public Map<String, Object> details() {
        Map<String, Object> details = new TreeMap<>();
        details.put("waiting", waiting);
        details.put("failing", failing);
        details.put("dead", dead);
        if (oldest != null) {
            details.put("oldest", oldest.toString());
        }
        details.put("stuck", stuck);
        return details;
    }
}
