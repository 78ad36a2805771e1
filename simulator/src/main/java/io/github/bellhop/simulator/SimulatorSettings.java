package io.github.bellhop.simulator;

import io.github.bellhop.simulator.chaos.ChaosSettings;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.svix.api.SvixApi;
import java.time.InstantSource;
import java.util.List;

/**
 * The settings of a simulator. Immutable.
 *
 * @param clock          the clock for all timestamps and the retry schedule
 * @param seed           the seed of ids, invented people and jitter; the same seed, clock and calls produce the same
 *                       bytes
 * @param secretKey      the key that clients of the Backend API must send
 * @param rateLimit      the number of requests that the Backend API accepts in ten seconds; 0 for no limit
 * @param svixToken      the token that clients of the Svix API must send
 * @param cascadeEvents  whether deleting a parent also emits events for the entities deleted with it
 * @param timeScale      how much faster the retry schedule runs; 3600 turns an hour into a second
 * @param targets        hosts, IP addresses and CIDR blocks, besides this machine, that events may be sent to
 * @param chaos          the faults to cause on purpose
 */
public record SimulatorSettings(
        InstantSource clock,
        long seed,
        String secretKey,
        int rateLimit,
        String svixToken,
        boolean cascadeEvents,
        double timeScale,
        List<String> targets,
        ChaosSettings chaos) {
    /** Copies the targets. */
    public SimulatorSettings {
        targets = List.copyOf(targets);
    }

    /** Returns settings with the default keys, no rate limit, no chaos, and this machine as the only target. */
    public static SimulatorSettings of(InstantSource clock, long seed) {
        String key = ClerkBackendApi.SECRET_KEY;
        ChaosSettings chaos = ChaosSettings.none();
        return new SimulatorSettings(clock, seed, key, 0, SvixApi.DEFAULT_TOKEN, false, 1, List.of(), chaos);
    }

    /** Returns a copy with this secret key for the Backend API and this token for Svix's API. */
    public SimulatorSettings withKeys(String clerkSecretKey, String token) {
        return new SimulatorSettings(
                clock, seed, clerkSecretKey, rateLimit, token, cascadeEvents, timeScale, targets, chaos);
    }

    /** Returns a copy that accepts this number of Backend API requests in ten seconds; 0 for no limit. */
    public SimulatorSettings withRateLimit(int requests) {
        return new SimulatorSettings(
                clock, seed, secretKey, requests, svixToken, cascadeEvents, timeScale, targets, chaos);
    }

    /**
     * Returns a copy that emits events for entities deleted with their parent if {@code cascade} is true, and none
     * otherwise.
     */
    public SimulatorSettings withCascadeEvents(boolean cascade) {
        return new SimulatorSettings(clock, seed, secretKey, rateLimit, svixToken, cascade, timeScale, targets, chaos);
    }

    /** Returns a copy whose retry schedule runs this many times faster. */
    public SimulatorSettings withTimeScale(double scale) {
        return new SimulatorSettings(
                clock, seed, secretKey, rateLimit, svixToken, cascadeEvents, scale, targets, chaos);
    }

    /** Returns a copy that may send events to these targets, besides this machine. */
    public SimulatorSettings withAllowedTargets(List<String> allowed) {
        return new SimulatorSettings(
                clock, seed, secretKey, rateLimit, svixToken, cascadeEvents, timeScale, allowed, chaos);
    }

    /** Returns a copy with these chaos settings. */
    public SimulatorSettings withChaos(ChaosSettings wanted) {
        return new SimulatorSettings(
                clock, seed, secretKey, rateLimit, svixToken, cascadeEvents, timeScale, targets, wanted);
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "SimulatorSettings[seed=" + seed + ", timeScale=" + timeScale + "]";
    }
}
