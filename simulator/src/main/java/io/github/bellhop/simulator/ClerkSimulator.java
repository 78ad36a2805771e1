package io.github.bellhop.simulator;

import io.github.bellhop.simulator.chaos.ChaosReport;
import io.github.bellhop.simulator.chaos.ChaosSettings;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkSettings;
import io.github.bellhop.simulator.clerk.EmittedEvent;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.delivery.Receiver;
import io.github.bellhop.simulator.http.ApiServer;
import io.github.bellhop.simulator.svix.Application;
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
 * A pretend Clerk with the Svix behind it. What is changed in {@link #clerk()}, in this program or through the Backend
 * API, is told by events to every endpoint that was added. As with Svix, several messages are on their way at once and may arrive in
 * another order than they were made in. Nothing leaves this machine unless it is allowed to. Safe for concurrent use.
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
    /** The application whose endpoints get the events; Clerk makes one for every instance. */
    public static final String APPLICATION = "clerk";

    private final SimulatorSettings settings;
    private final SvixService svix;
    private final ClerkInstance clerk;
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
        svix.applications()
                .create(Application.Settings.named("Clerk " + clerk.id()).uid(APPLICATION));
    }

    /**
     * A simulator in this program alone: it has no port and no thread. What is due is delivered while
     * {@link #awaitDelivered} is called.
     */
    public static ClerkSimulator of(SimulatorSettings settings) {
        return new ClerkSimulator(settings);
    }

    /** A running simulator on any free port, on the system's clock. */
    public static ClerkSimulator start() {
        return start(SimulatorSettings.of(InstantSource.system(), new Random().nextLong()), 0);
    }

    /**
     * A running simulator: both APIs on a port of this machine's loopback address, and deliveries on a thread.
     *
     * @param port 0 for any that is free
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public static ClerkSimulator start(SimulatorSettings settings, int port) {
        ClerkSimulator simulator = new ClerkSimulator(settings);
        simulator.server = ApiServer.start(
                port,
                List.of(
                        new SvixApi(simulator.svix, settings.svixToken()),
                        new ClerkBackendApi(
                                simulator.clerk, settings.secretKey(), settings.rateLimit(), settings.clock())));
        simulator.svix.start();
        return simulator;
    }

    private void send(EmittedEvent event) {
        svix.messages().create(APPLICATION, NewMessage.of(event.type(), event.payload()));
    }

    /** The Clerk instance: its users, organizations and all else. */
    public ClerkInstance clerk() {
        return clerk;
    }

    /** The Svix behind it: endpoints, messages, attempts, of the application {@value #APPLICATION}. */
    public SvixService svix() {
        return svix;
    }

    /**
     * The address of both APIs: Clerk's is below {@code /v1}, Svix's below {@code /api/v1}.
     *
     * @throws IllegalStateException when this simulator has no port
     */
    public URI url() {
        if (server == null) {
            throw new IllegalStateException("This simulator has no port; take one that was started.");
        }
        return server.baseUri();
    }

    /** What clients of the Backend API have to send, as {@code CLERK_SECRET_KEY}. */
    public String secretKey() {
        return settings.secretKey();
    }

    /** What clients of the Svix API have to send. */
    public String svixToken() {
        return settings.svixToken();
    }

    /** From now on all events go to this URL, signed with a new secret. */
    public SimulatedEndpoint deliverTo(URI url) {
        return deliver(url, null, null);
    }

    /** From now on all events go to this URL, signed with a secret that the receiver knows already. */
    public SimulatedEndpoint deliverTo(URI url, String signingSecret) {
        return deliver(url, null, signingSecret);
    }

    /** From now on events of these types go to this URL, signed with a new secret. */
    public SimulatedEndpoint deliverTo(URI url, Collection<String> types) {
        return deliver(url, types, null);
    }

    /** From now on all events go to a function in this program, signed with a new secret. */
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
     * Waits until nothing is under way and nothing is due by now; retries that are to come later are not waited for.
     *
     * @param timeout how long to wait, on the machine's own clock
     * @throws IllegalStateException when it took longer
     */
    public void awaitDelivered(Duration timeout) {
        try {
            if (!svix.awaitIdle(timeout)) {
                throw new IllegalStateException("Deliveries are still under way after " + timeout
                        + "; look at the attempts of the endpoint for what the receiver does.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while deliveries were under way.", stopped);
        }
    }

    /** Sends again to every endpoint what failed or was lost since a time, as the Dashboard's buttons do. */
    public void recover(Instant since) {
        for (Endpoint endpoint : svix.endpoints()
                .list(APPLICATION, PageQuery.first().limit(PageQuery.MOST))
                .data()) {
            Replays.Task unused = svix.replays().recover(APPLICATION, endpoint.id(), since, null);
        }
    }

    /** From now on things go wrong as told; {@link ChaosSettings#none()} ends it. */
    public void chaos(ChaosSettings wanted) {
        svix.chaos().change(wanted);
    }

    /** What went wrong on purpose so far, and what was answered. */
    public ChaosReport chaosReport() {
        return svix.chaos().report();
    }

    /** Closes the port and delivers nothing more; a second call does nothing. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        svix.close();
    }
}
