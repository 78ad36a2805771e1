package io.github.bellhop.server.serve;

import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.simulator.SimulatorSettings;
import io.github.bellhop.simulator.chaos.ChaosReport;
import java.io.UncheckedIOException;
import java.net.URI;

/** The pretend Clerk beside a server on this machine, with an endpoint that leads to it. Safe for concurrent use. */
public final class DevSimulator implements AutoCloseable {
    private final ClerkSimulator simulator;

    private DevSimulator(ClerkSimulator simulator) {
        this.simulator = simulator;
    }

    /**
     * Starts it.
     *
     * @param port    0 for any that is free
     * @param webhook where the server takes deliveries
     * @param secret  a secret that the server verifies with
     * @throws PortTakenException when the port cannot be opened
     */
    public static DevSimulator start(SimulatorSettings settings, int port, URI webhook, String secret) {
        try {
            ClerkSimulator simulator = ClerkSimulator.start(settings, port);
            SimulatedEndpoint unused = simulator.deliverTo(webhook, secret);
            return new DevSimulator(simulator);
        } catch (UncheckedIOException taken) {
            throw new PortTakenException("BELLHOP_SIMULATOR_PORT", "127.0.0.1", port, taken);
        }
    }

    /** Invents people and companies, whose events go to the server. */
    public void seed(int people, int companies) {
        simulator.clerk().seed(people, companies, true);
    }

    /** The address of its APIs, without a path. */
    public URI url() {
        return simulator.url();
    }

    /** What went wrong on purpose, and what the server answered. */
    public ChaosReport chaosReport() {
        return simulator.chaosReport();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
