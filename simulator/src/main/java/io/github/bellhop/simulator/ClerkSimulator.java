package io.github.bellhop.simulator;

import io.github.bellhop.simulator.chaos.ChaosReport;
import io.github.bellhop.simulator.chaos.ChaosSettings;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkSettings;
import io.github.bellhop.simulator.clerk.EmittedEvent;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.delivery.Receiver;
import io.github.bellhop.simulator.http.ApiServer;
import io.github.bellhop.simulator.svix.Endpoint;
import io.github.bellhop.simulator.svix.EndpointSettings;
import io.github.bellhop.simulator.svix.NewMessage;
import io.github.bellhop.simulator.svix.PageQuery;
import io.github.bellhop.simulator.svix.Replays;
import io.github.bellhop.simulator.svix.SvixService;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.svix.api.SvixApi;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Clerk instance and the simulated Svix service that delivers its events. Every change to {@link #clerk()},
 * whether this program or a client of the Backend API makes it, sends an event to each added endpoint. As with Svix,
 * several messages are in flight at once and may arrive out of order. Nothing is sent to another machine unless the
 * settings allow it. Safe for concurrent use.
 *
 * <pre>{@code
 * try (ClerkSimulator simulator = ClerkSimulator.start()) {
 *     SimulatedEndpoint endpoint = simulator.deliverTo(URI.create("http://127.0.0.1:3000/api/webhooks/clerk"));
 *     // give endpoint.signingSecret() to the receiver
 *     simulator.clerk().users().createInvented();
 *     simulator.awaitDelivered(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class ClerkSimulator implements AutoCloseable {
    /** The application that owns the event endpoints. Clerk creates one such application per instance. */
    public static final String APPLICATION = "clerk";

    private final SimulatorSettings settings;
    private final SvixService svix;
    private final ClerkInstance clerk;
    private final EventApplication application;
    private final ClerkBackendApi backend;
    private final AtomicInteger receivers = new AtomicInteger();
    private @Nullable ApiServer server;

    private ClerkSimulator(SimulatorSettings settings) {
        this.settings = settings;
        Random chance = new Random(settings.seed());
        svix = new SvixService(SvixSettings.of(settings.clock(), new Random(chance.nextLong()))
                .timeScale(settings.timeScale())
                .allowedTargets(settings.targets())
                .chaos(settings.chaos()));
        clerk = new ClerkInstance(new ClerkSettings(
                settings.clock(), new Random(chance.nextLong()), this::send, settings.cascadeEvents()));
        application = new EventApplication(svix, "Clerk " + clerk.id());
        application.create();
        backend = new ClerkBackendApi(clerk, settings.secretKey(), settings.rateLimit(), settings.clock())
                .manage(application);
    }

    /**
     * Creates a simulator without a port or a thread. Due messages are delivered only during a call to
     * {@link #awaitDelivered}.
     */
    public static ClerkSimulator of(SimulatorSettings settings) {
        return new ClerkSimulator(settings);
    }

    /** Starts a simulator on any free port, using the system clock. */
    public static ClerkSimulator start() {
        return start(SimulatorSettings.of(InstantSource.system(), new Random().nextLong()), 0);
    }

    /**
     * Starts a simulator that serves the Backend API and Svix's API on the loopback address, and delivers messages on
     * its own thread.
     *
     * @param port 0 for any free port
     * @throws java.io.UncheckedIOException if the port is already in use
     */
    public static ClerkSimulator start(SimulatorSettings settings, int port) {
        ClerkSimulator simulator = new ClerkSimulator(settings);
        simulator.server = ApiServer.start(
                port,
                List.of(
                        new SvixApi(simulator.svix, settings.svixToken()),
                        new EventsApi(simulator.clerk, settings.secretKey()),
                        new RateLimitApi(simulator.backend.rateLimit(), settings.secretKey()),
                        simulator.backend));
        simulator.svix.start();
        return simulator;
    }

    private void send(EmittedEvent event) {
        if (application.exists()) {
            svix.messages().create(APPLICATION, NewMessage.of(event.type(), event.payload()));
        }
    }

    /** The Clerk instance: users, organizations and everything else. */
    public ClerkInstance clerk() {
        return clerk;
    }

    /** The Svix service, with the endpoints, messages and attempts of the application {@value #APPLICATION}. */
    public SvixService svix() {
        return svix;
    }

    /**
     * The base URL of both APIs: Clerk's paths start with {@code /v1}, Svix's with {@code /api/v1}.
     *
     * @throws IllegalStateException if this simulator has no port
     */
    public URI url() {
        if (server == null) {
            throw new IllegalStateException("This simulator has no port. Create it with start().");
        }
        return server.baseUri();
    }

    /** The key that clients of the Backend API must send, as {@code CLERK_SECRET_KEY}. */
    public String secretKey() {
        return settings.secretKey();
    }

    /** The token that clients of the Svix API must send. */
    public String svixToken() {
        return settings.svixToken();
    }

    /** Sends all later events to this URL, signed with a new secret. */
    public SimulatedEndpoint deliverTo(URI url) {
        return deliver(url, null, null);
    }

    /** Sends all later events to this URL, signed with a secret that the receiver already knows. */
    public SimulatedEndpoint deliverTo(URI url, String signingSecret) {
        return deliver(url, null, signingSecret);
    }

    /** Sends later events of these types to this URL, signed with a new secret. */
    public SimulatedEndpoint deliverTo(URI url, Collection<String> types) {
        return deliver(url, types, null);
    }

    /** Sends all later events to a function in this program, signed with a new secret. */
    public SimulatedEndpoint deliverTo(Receiver receiver) {
        URI url = URI.create("http://localhost/receiver-" + receivers.incrementAndGet());
        svix.connect(url, receiver);
        return deliver(url, null, null);
    }

    private SimulatedEndpoint deliver(URI url, @Nullable Collection<String> types, @Nullable String secret) {
        EndpointSettings wanted = EndpointSettings.to(url.toString()).eventTypes(types);
        Endpoint endpoint = svix.endpoints().create(APPLICATION, wanted, secret, Map.of());
        return new SimulatedEndpoint(endpoint.id(), url, svix.endpoints().secret(APPLICATION, endpoint.id()));
    }

    /**
     * Waits until no delivery is in flight or due. Does not wait for retries that are due later.
     *
     * @param timeout the maximum time to wait, by the system clock
     * @throws IllegalStateException if the wait times out or the thread is interrupted
     */
    public void awaitDelivered(Duration timeout) {
        try {
            if (!svix.awaitIdle(timeout)) {
                throw new IllegalStateException("Deliveries are still under way after " + timeout
                        + ". Check the endpoint's attempts to see how the receiver answers.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while deliveries were under way.", stopped);
        }
    }

    /**
     * Resends to every endpoint the messages that failed or were lost since the given time, as "Recover" in the
     * Dashboard does.
     */
    public void recover(Instant since) {
        for (Endpoint endpoint : svix.endpoints()
                .list(APPLICATION, PageQuery.first().limit(PageQuery.MOST))
                .data()) {
            Replays.Task unused = svix.replays().recover(APPLICATION, endpoint.id(), since, null);
        }
    }

    /** Applies these chaos settings from now on; {@link ChaosSettings#none()} turns chaos off. */
    public void chaos(ChaosSettings wanted) {
        svix.chaos().change(wanted);
    }

    /**
     * From now on, accepts at most this number of requests to the Backend API in ten seconds, and answers the others
     * with 429.
     *
     * @param requests the number of requests; 0 for no limit
     * @throws IllegalArgumentException if the number is negative
     */
    public void rateLimit(int requests) {
        backend.rateLimit().change(requests);
    }

    /** What chaos has done so far and how the receivers answered. */
    public ChaosReport chaosReport() {
        return svix.chaos().report();
    }

    /** Closes the port and stops delivering. A second call does nothing. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        svix.close();
    }
}
