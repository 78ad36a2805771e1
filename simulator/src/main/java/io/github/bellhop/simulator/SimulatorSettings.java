package io.github.bellhop.simulator;

import io.github.bellhop.simulator.chaos.ChaosSettings;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.svix.api.SvixApi;
import java.time.InstantSource;
import java.util.List;

/**
 * What a simulator is made with. Immutable.
 *
 * @param clock          dates everything, and says when a retry is due
 * @param seed           decides ids, people and jitter: the same seed, clock and calls give the same bytes
 * @param secretKey      what clients of the Backend API have to send
 * @param rateLimit      how many requests the Backend API answers in ten seconds; 0 for any number
 * @param svixToken      what clients of the Svix API have to send
 * @param cascadeEvents  whether the deletion of a parent also emits events of what is deleted with it
 * @param timeScale      how much faster the schedule of retries runs; 3600 makes an hour a second
 * @param targets       hosts, IP addresses and CIDR blocks, besides this machine, to which events may go
 * @param chaos          what goes wrong on purpose
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

    /** The usual keys, no limit, no chaos, this machine alone. */
    public static SimulatorSettings of(InstantSource clock, long seed) {
        String key = ClerkBackendApi.SECRET_KEY;
        ChaosSettings chaos = ChaosSettings.none();
        return new SimulatorSettings(clock, seed, key, 0, SvixApi.DEFAULT_TOKEN, false, 1, List.of(), chaos);
    }

    /** The same with other keys of its two APIs. */
    public SimulatorSettings withKeys(String clerkSecretKey, String token) {
        return new SimulatorSettings(
                clock, seed, clerkSecretKey, rateLimit, token, cascadeEvents, timeScale, targets, chaos);
    }

    /** The same with a limit of requests in ten seconds to the Backend API; 0 for none. */
    public SimulatorSettings withRateLimit(int requests) {
        return new SimulatorSettings(
                clock, seed, secretKey, requests, svixToken, cascadeEvents, timeScale, targets, chaos);
    }

    /** The same with or without events of what is deleted with its parent. */
    public SimulatorSettings withCascadeEvents(boolean cascade) {
        return new SimulatorSettings(clock, seed, secretKey, rateLimit, svixToken, cascade, timeScale, targets, chaos);
    }

    /** The same with another speed of the schedule of retries. */
    public SimulatorSettings withTimeScale(double scale) {
        return new SimulatorSettings(
                clock, seed, secretKey, rateLimit, svixToken, cascadeEvents, scale, targets, chaos);
    }

    /** The same with other targets besides this machine. */
    public SimulatorSettings withAllowedTargets(List<String> allowed) {
        return new SimulatorSettings(
                clock, seed, secretKey, rateLimit, svixToken, cascadeEvents, timeScale, allowed, chaos);
    }

    /** The same with other chaos. */
    public SimulatorSettings withChaos(ChaosSettings wanted) {
        return new SimulatorSettings(
                clock, seed, secretKey, rateLimit, svixToken, cascadeEvents, timeScale, targets, wanted);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "SimulatorSettings[seed=" + seed + ", timeScale=" + timeScale + "]";
    }
}
