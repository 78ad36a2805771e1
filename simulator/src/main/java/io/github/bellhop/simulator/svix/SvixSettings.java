package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.chaos.ChaosSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the service is told at its making. Immutable but for the random source, which the service alone is to use.
 *
 * @param clock               dates everything and says what is due
 * @param random              makes ids, secrets and jitter
 * @param keptMessages        how many messages are kept once nothing of them is pending; the newest are
 * @param inFlightPerEndpoint how many requests an endpoint gets at once
 * @param timeScale           how much faster the schedule of retries runs; 3600 makes an hour a second
 * @param allowedTargets      hosts, IP addresses and CIDR blocks, besides this machine, to which messages may go
 * @param chaos               what goes wrong on purpose
 */
public record SvixSettings(
        InstantSource clock,
        RandomGenerator random,
        int keptMessages,
        int inFlightPerEndpoint,
        double timeScale,
        List<String> allowedTargets,
        ChaosSettings chaos) {
    /** Copies the targets and checks the numbers. */
    public SvixSettings {
        allowedTargets = List.copyOf(allowedTargets);
        if (keptMessages < 1 || inFlightPerEndpoint < 1) {
            throw new IllegalArgumentException("At least 1 message is kept, and at least 1 is in flight.");
        }
    }

    /** The defaults: 10,000 messages, 16 in flight, no faster than Svix, this machine alone, no chaos. */
    public static SvixSettings of(InstantSource clock, RandomGenerator random) {
        return new SvixSettings(clock, random, 10_000, 16, 1, List.of(), ChaosSettings.none());
    }

    /** The same with another number of kept messages. */
    public SvixSettings keptMessages(int messages) {
        return new SvixSettings(clock, random, messages, inFlightPerEndpoint, timeScale, allowedTargets, chaos);
    }

    /** The same with another number of requests at once. */
    public SvixSettings inFlightPerEndpoint(int requests) {
        return new SvixSettings(clock, random, keptMessages, requests, timeScale, allowedTargets, chaos);
    }

    /** The same with another speed of the schedule. */
    public SvixSettings timeScale(double scale) {
        return new SvixSettings(clock, random, keptMessages, inFlightPerEndpoint, scale, allowedTargets, chaos);
    }

    /** The same with other allowed targets. */
    public SvixSettings allowedTargets(List<String> targets) {
        return new SvixSettings(clock, random, keptMessages, inFlightPerEndpoint, timeScale, targets, chaos);
    }

    /** The same with other chaos. */
    public SvixSettings chaos(ChaosSettings settings) {
        return new SvixSettings(clock, random, keptMessages, inFlightPerEndpoint, timeScale, allowedTargets, settings);
    }
}
