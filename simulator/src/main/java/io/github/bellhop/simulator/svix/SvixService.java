package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.chaos.Chaos;
import io.github.bellhop.simulator.delivery.HttpWire;
import io.github.bellhop.simulator.delivery.Receiver;
import io.github.bellhop.simulator.delivery.TargetRule;
import io.github.bellhop.simulator.dispatch.Dispatcher;
import io.github.bellhop.simulator.dispatch.RetrySchedule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory Svix service. Its parts offer the operations of Svix's API. Its dispatcher delivers messages on its own
 * thread after {@link #start()}, or during {@link #runDue()} and {@link #awaitIdle(Duration)}. Memory is bounded: of
 * the completed messages, only the newest are kept. Safe for concurrent use.
 */
public final class SvixService implements AutoCloseable {
    private final SvixState state;
    private final Dispatcher dispatcher;
    private final HttpWire wire;
    private final Chaos chaos;
    private final Applications applications;
    private final Endpoints endpoints;
    private final EventTypes eventTypes;
    private final Messages messages;
    private final Attempts attempts;
    private final Replays replays;
    private final Portals portals;

    /** Creates a service that contains only Clerk's event types and has no thread yet. */
    public SvixService(SvixSettings settings) {
        state = new SvixState(settings);
        dispatcher = new Dispatcher(settings.clock(), settings.inFlightPerEndpoint());
        wire = new HttpWire(TargetRule.loopback(settings.allowedTargets()));
        chaos = new Chaos(settings.chaos());
        RetrySchedule schedule = new RetrySchedule(settings.random(), settings.timeScale());
        Courier courier = new Courier(state, dispatcher, wire, chaos, schedule);
        applications = new Applications(state, courier);
        endpoints = new Endpoints(state, courier);
        eventTypes = new EventTypes(state);
        messages = new Messages(state, courier);
        attempts = new Attempts(state, courier);
        replays = new Replays(state, courier);
        portals = new Portals(state);
    }

    /** The applications. */
    public Applications applications() {
        return applications;
    }

    /** The endpoints. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** The event types. */
    public EventTypes eventTypes() {
        return eventTypes;
    }

    /** The messages. */
    public Messages messages() {
        return messages;
    }

    /** The attempts and delivery statuses. */
    public Attempts attempts() {
        return attempts;
    }

    /** Resends and replays of messages. */
    public Replays replays() {
        return replays;
    }

    /** Access tokens for single applications. */
    public Portals portals() {
        return portals;
    }

    /** The chaos settings and counts. */
    public Chaos chaos() {
        return chaos;
    }

    /** The current time on the service's clock. */
    public Instant now() {
        return state.now();
    }

    /** Delivers later messages for exactly this URL to a receiver in this program instead of over the network. */
    public void connect(URI url, Receiver receiver) {
        wire.connect(url, receiver);
    }

    /** Makes the attempts that are due now. Answers from the network may arrive later. */
    public void runDue() {
        dispatcher.runDue();
    }

    /** When the next attempt is due; null if none is scheduled. */
    public @Nullable Instant nextDue() {
        return dispatcher.nextDue();
    }

    /** Like {@link #awaitIdle(Instant, Duration)}, up to the current time. */
    public boolean awaitIdle(Duration timeout) throws InterruptedException {
        return awaitIdle(state.now(), timeout);
    }

    /**
     * Makes due attempts until nothing is in flight and no attempt is due by the given time.
     *
     * @param until   a time on the service's clock
     * @param timeout the maximum time to wait, by the system clock
     * @return false if the wait timed out
     */
    public boolean awaitIdle(Instant until, Duration timeout) throws InterruptedException {
        return dispatcher.awaitIdle(until, timeout);
    }

    /** Starts the thread that makes due attempts; does nothing if it is already running. */
    public void start() {
        dispatcher.start();
    }

    /** Stops the thread. Requests in flight continue, but nothing more is sent. A second call does nothing. */
    @Override
    public void close() {
        dispatcher.close();
    }
}
