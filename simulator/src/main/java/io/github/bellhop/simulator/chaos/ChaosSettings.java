package io.github.bellhop.simulator.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each kind of chaos happens. Rates range from 0 (never) to 1 (always) and apply to first attempts only:
 * retries, resends and recoveries are never disturbed. The same settings and the same messages in the same order give
 * the same chaos. Changing one rate does not affect the other kinds.
 *
 * @param rates     the rate of each kind; a missing kind never happens
 * @param longest   the maximum delay for {@link ChaosKind#DELAY}
 * @param hold      the maximum time to hold a message back for {@link ChaosKind#REORDER} or {@link ChaosKind#BURST}
 * @param burstSize the number of messages in a burst
 * @param seed      the seed of all random choices
 */
public record ChaosSettings(Map<ChaosKind, Double> rates, Duration longest, Duration hold, int burstSize, long seed) {
    /**
     * Copies the rates.
     *
     * @throws IllegalArgumentException if a rate is not between 0 and 1, a duration is negative, or the burst size is
     *     below 1
     */
    public ChaosSettings {
        rates = Map.copyOf(rates);
        rates.forEach((kind, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException(
                        "The chaos rate of " + kind.wireName() + " must be between 0 and 1, not " + rate);
            }
        });
        if (longest.isNegative() || hold.isNegative() || burstSize < 1) {
            throw new IllegalArgumentException("Chaos durations must be at least 0, and the burst size at least 1.");
        }
    }

    /** No chaos. */
    public static ChaosSettings none() {
        return new ChaosSettings(Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(1), 20, 0);
    }

    /** A low rate for every kind of chaos. */
    public static ChaosSettings some() {
        return none().rate(ChaosKind.DROP, 0.02)
                .rate(ChaosKind.DUPLICATE, 0.1)
                .rate(ChaosKind.REORDER, 0.1)
                .rate(ChaosKind.DELAY, 0.1)
                .rate(ChaosKind.CORRUPT_BODY, 0.03)
                .rate(ChaosKind.WRONG_SECRET, 0.03)
                .rate(ChaosKind.STALE_TIMESTAMP, 0.03)
                .rate(ChaosKind.BURST, 0.02);
    }

    /** The rate of this kind; 0 if it never happens. */
    public double rate(ChaosKind kind) {
        return rates.getOrDefault(kind, 0.0);
    }

    /** Returns a copy with this rate for this kind. */
    public ChaosSettings rate(ChaosKind kind, double rate) {
        Map<ChaosKind, Double> changed = new EnumMap<>(ChaosKind.class);
        changed.putAll(rates);
        changed.put(kind, rate);
        return new ChaosSettings(changed, longest, hold, burstSize, seed);
    }

    /** Returns a copy with this maximum delay. */
    public ChaosSettings longest(Duration delay) {
        return new ChaosSettings(rates, delay, hold, burstSize, seed);
    }

    /** Returns a copy that holds messages back for at most this long. */
    public ChaosSettings hold(Duration wait) {
        return new ChaosSettings(rates, longest, wait, burstSize, seed);
    }

    /** Returns a copy with this burst size. */
    public ChaosSettings burstSize(int messages) {
        return new ChaosSettings(rates, longest, hold, messages, seed);
    }

    /** Returns a copy with this seed. */
    public ChaosSettings seed(long other) {
        return new ChaosSettings(rates, longest, hold, burstSize, other);
    }
}
