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
 * A Svix in this program. Its parts do what its API does, and its dispatcher delivers: by its own thread after
 * {@link #start()}, or whenever {@link #runDue()} or {@link #awaitIdle(Duration)} is called. Everything is in memory
 * and bounded: of what is finished only the newest messages are kept. Safe for concurrent use.
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

    /** A service with nothing in it but Clerk's types of event, and no thread yet. */
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

    /** Their endpoints. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** The types of event. */
    public EventTypes eventTypes() {
        return eventTypes;
    }

    /** The messages. */
    public Messages messages() {
        return messages;
    }

    /** What became of the messages. */
    public Attempts attempts() {
        return attempts;
    }

    /** Sending again. */
    public Replays replays() {
        return replays;
    }

    /** Ways into single applications. */
    public Portals portals() {
        return portals;
    }

    /** What goes wrong on purpose, and what came of it. */
    public Chaos chaos() {
        return chaos;
    }

    /** The time on the service's clock. */
    public Instant now() {
        return state.now();
    }

    /** From now on, messages to endpoints of exactly this URL go to a receiver in this program, not to the network. */
    public void connect(URI url, Receiver receiver) {
        wire.connect(url, receiver);
    }

    /** Sends what is due by now; answers that come over the network come later. */
    public void runDue() {
        dispatcher.runDue();
    }

    /** When the next attempt is due; null when there is none to come. */
    public @Nullable Instant nextDue() {
        return dispatcher.nextDue();
    }

    /** As {@link #awaitIdle(Instant, Duration)}, for what is due by now. */
    public boolean awaitIdle(Duration timeout) throws InterruptedException {
        return awaitIdle(state.now(), timeout);
    }

    /**
     * Sends what is due until nothing is in flight and no attempt is to come by a time.
     *
     * @param until   when on the service's clock
     * @param timeout how long to wait, on no clock but the machine's
     * @return false when the time-out came first
     */
    public boolean awaitIdle(Instant until, Duration timeout) throws InterruptedException {
        return dispatcher.awaitIdle(until, timeout);
    }

    /** Starts the thread that sends what is due; nothing when it runs already. */
    public void start() {
        dispatcher.start();
    }

    /** Stops the thread. What is in flight goes on; nothing more is sent. A second call does nothing. */
    @Override
    public void close() {
        dispatcher.close();
    }
}
