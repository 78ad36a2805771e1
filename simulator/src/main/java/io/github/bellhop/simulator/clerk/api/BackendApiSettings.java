package io.github.bellhop.simulator.clerk.api;

import java.time.InstantSource;

/**
 * How the API lets clients in.
 *
 * @param secretKey the key that they have to send
 * @param rateLimit how many requests are answered in ten seconds; 0 for any number
 * @param clock     by which the ten seconds are measured
 */
public record BackendApiSettings(String secretKey, int rateLimit, InstantSource clock) {
    /** The key of the simulator unless it is given another. */
    public static final String SECRET_KEY = "sk_test_simulator";

    /** The simulator's own key and no limit. */
    public static BackendApiSettings of(InstantSource clock) {
        return new BackendApiSettings(SECRET_KEY, 0, clock);
    }

    /** The same with another key. */
    public BackendApiSettings withSecretKey(String key) {
        return new BackendApiSettings(key, rateLimit, clock);
    }

    /** The same with a limit of requests in ten seconds. */
    public BackendApiSettings withRateLimit(int requests) {
        return new BackendApiSettings(secretKey, requests, clock);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "BackendApiSettings[rateLimit=" + rateLimit + "]";
    }
}
