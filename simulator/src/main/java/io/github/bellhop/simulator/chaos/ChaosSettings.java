package io.github.bellhop.simulator.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often what goes wrong. Rates are from 0 (never) to 1 (always). They are about first attempts: retries, resends
 * and recoveries go through. The same settings and the same messages in the same order give the same chaos, and
 * changing one rate does not change what becomes of the others.
 *
 * @param rates     what is not in it never happens
 * @param longest   the longest delay of a {@link ChaosKind#DELAY}
 * @param hold      how long a message waits for others, in a {@link ChaosKind#REORDER} or {@link ChaosKind#BURST}
 * @param burstSize how many make a burst
 * @param seed      decides all chance
 */
public record ChaosSettings(Map<ChaosKind, Double> rates, Duration longest, Duration hold, int burstSize, long seed) {
    /**
     * Copies the rates.
     *
     * @throws IllegalArgumentException when a rate is not between 0 and 1, a length is negative, or a burst has no size
     */
    public ChaosSettings {
        rates = Map.copyOf(rates);
        rates.forEach((kind, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException(
                        "The rate of " + kind.wireName() + " is to be from 0 to 1, not " + rate);
            }
        });
        if (longest.isNegative() || hold.isNegative() || burstSize < 1) {
            throw new IllegalArgumentException("Chaos needs lengths of 0 or more and bursts of 1 or more.");
        }
    }

    /** Nothing goes wrong. */
    public static ChaosSettings none() {
        return new ChaosSettings(Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(1), 20, 0);
    }

    /** A little of everything. */
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

    /** How often a kind happens. */
    public double rate(ChaosKind kind) {
        return rates.getOrDefault(kind, 0.0);
    }

    /** The same with another rate of one kind. */
    public ChaosSettings rate(ChaosKind kind, double rate) {
        Map<ChaosKind, Double> changed = new EnumMap<>(ChaosKind.class);
        changed.putAll(rates);
        changed.put(kind, rate);
        return new ChaosSettings(changed, longest, hold, burstSize, seed);
    }

    /** The same with another longest delay. */
    public ChaosSettings longest(Duration delay) {
        return new ChaosSettings(rates, delay, hold, burstSize, seed);
    }

    /** The same with another wait for other messages. */
    public ChaosSettings hold(Duration wait) {
        return new ChaosSettings(rates, longest, wait, burstSize, seed);
    }

    /** The same with bursts of another size. */
    public ChaosSettings burstSize(int messages) {
        return new ChaosSettings(rates, longest, hold, messages, seed);
    }

    /** The same under another seed. */
    public ChaosSettings seed(long other) {
        return new ChaosSettings(rates, longest, hold, burstSize, other);
    }
}
