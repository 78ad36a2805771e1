package io.github.bellhop.sync;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the handlers of an app stand. The counts are of the whole database and some seconds old.
 *
 * @param waiting how many runs are not done and not dead
 * @param failing how many of them have failed
 * @param dead    how many are dead letters
 * @param oldest  when the message of the oldest one that waits came; null when none waits
 * @param stuck   how many calls in this process did not return after their timeout, by handler
 */
public record HandlerStanding(
        long waiting, long failing, long dead, @Nullable Instant oldest, Map<String, Integer> stuck) {
    /** Copies, in the order of the names. */
    public HandlerStanding {
        stuck = new TreeMap<>(stuck);
    }

    /** What an app's health shows of it. */
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
