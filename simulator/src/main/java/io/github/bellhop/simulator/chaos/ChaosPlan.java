package io.github.bellhop.simulator.chaos;

import java.time.Duration;
import java.util.Set;

/**
 * What will go wrong with one message on its way to one endpoint.
 *
 * @param kinds what happens to it; of a dropped one nothing else
 * @param delay how late it is sent
 */
public record ChaosPlan(Set<ChaosKind> kinds, Duration delay) {
    /** Nothing goes wrong. */
    public static final ChaosPlan NOTHING = new ChaosPlan(Set.of(), Duration.ZERO);

    /** Copies the kinds. */
    public ChaosPlan {
        kinds = Set.copyOf(kinds);
    }

    /** Whether this happens to it. */
    public boolean has(ChaosKind kind) {
        return kinds.contains(kind);
    }
}
