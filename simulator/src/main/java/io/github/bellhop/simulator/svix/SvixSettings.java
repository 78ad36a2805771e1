package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.chaos.ChaosSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The settings of a service. Immutable, except for the random source, which only the service may use.
 *
 * @param clock               the clock for all timestamps and due times
 * @param random              the source of ids, secrets and jitter
 * @param keptMessages        the number of completed messages to keep; the newest are kept
 * @param inFlightPerEndpoint the maximum number of concurrent requests to an endpoint
 * @param timeScale           how much faster the retry schedule runs; 3600 turns an hour into a second
 * @param allowedTargets      hosts, IP addresses and CIDR blocks, besides this machine, that messages may be sent to
 * @param chaos               the faults to cause on purpose
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
            throw new IllegalArgumentException("keptMessages and inFlightPerEndpoint must be at least 1.");
        }
    }

    /**
     * The defaults: 10,000 messages, 16 in flight, Svix's real retry schedule, this machine as the only target, no
     * chaos.
     */
    public static SvixSettings of(InstantSource clock, RandomGenerator random) {
        return new SvixSettings(clock, random, 10_000, 16, 1, List.of(), ChaosSettings.none());
    }

    /** Returns a copy that keeps this number of completed messages. */
    public SvixSettings keptMessages(int messages) {
        return new SvixSettings(clock, random, messages, inFlightPerEndpoint, timeScale, allowedTargets, chaos);
    }

    /** Returns a copy with this limit on concurrent requests to an endpoint. */
    public SvixSettings inFlightPerEndpoint(int requests) {
        return new SvixSettings(clock, random, keptMessages, requests, timeScale, allowedTargets, chaos);
    }

    /** Returns a copy whose retry schedule runs this many times faster. */
    public SvixSettings timeScale(double scale) {
        return new SvixSettings(clock, random, keptMessages, inFlightPerEndpoint, scale, allowedTargets, chaos);
    }

    /** Returns a copy with these targets besides this machine. */
    public SvixSettings allowedTargets(List<String> targets) {
        return new SvixSettings(clock, random, keptMessages, inFlightPerEndpoint, timeScale, targets, chaos);
    }

    /** Returns a copy with these chaos settings. */
    public SvixSettings chaos(ChaosSettings settings) {
        return new SvixSettings(clock, random, keptMessages, inFlightPerEndpoint, timeScale, allowedTargets, settings);
    }
}
