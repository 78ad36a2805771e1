package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.chaos.Chaos;
import io.github.bellhop.simulator.chaos.ChaosKind;
import io.github.bellhop.simulator.chaos.Sending;
import io.github.bellhop.simulator.dispatch.Dispatcher;
import io.github.bellhop.simulator.dispatch.Scheduled;
import io.github.bellhop.simulator.svix.Attempt.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts messages on their way to endpoints. All of its methods are called with the state's lock held. */
final class Fanout {
    private final SvixState state;
    private final Dispatcher dispatcher;
    private final Courier courier;
    private final Chaos chaos;

    Fanout(SvixState state, Dispatcher dispatcher, Courier courier, Chaos chaos) {
        this.state = state;
        this.dispatcher = dispatcher;
        this.courier = courier;
        this.chaos = chaos;
    }

    /** To every endpoint that wants it. */
    void toAll(StoredMessage message) {
        for (StoredEndpoint endpoint : message.application.endpoints.values()) {
            if (endpoint.active() && endpoint.wants(message)) {
                to(message, endpoint);
            }
        }
        state.touched(message);
    }

    /** To one endpoint, whether it wants it or not, by the schedule. */
    void to(StoredMessage message, StoredEndpoint endpoint) {
        Chaos.Plan plan = chaos.plan();
        if (plan.has(ChaosKind.DROP)) {
            message.lostTo.add(endpoint.id());
            return;
        }
        Instant now = state.now();
        Instant planned = message.info.deliverAt();
        Instant at = (planned == null || planned.isBefore(now) ? now : planned).plus(plan.delay());
        List<Scheduled> jobs = send(message, endpoint, plan, at);
        if (planned == null) {
            chaos.admit(endpoint.id(), plan, jobs, now);
        }
        state.touched(message);
    }

    /** To one endpoint, now, without retries; whatever became of it before. */
    void again(StoredMessage message, StoredEndpoint endpoint) {
        Delivery delivery = message.deliveries.computeIfAbsent(endpoint.id(), id -> new Delivery(message, endpoint));
        message.lostTo.remove(endpoint.id());
        delivery.open++;
        dispatcher.schedule(state.now(), endpoint.id(), () -> courier.attempt(delivery, Trigger.MANUAL));
        state.touched(message);
    }

    private List<Scheduled> send(StoredMessage message, StoredEndpoint endpoint, Chaos.Plan plan, Instant at) {
        Delivery delivery = new Delivery(message, endpoint);
        message.deliveries.put(endpoint.id(), delivery);
        List<Scheduled> jobs = new ArrayList<>();
        for (Sending kind : Sending.values()) {
            if (kind.bad() && plan.has(ChaosKind.valueOf(kind.name()))) {
                jobs.add(stray(delivery, kind, at));
            }
        }
        Scheduled first = dispatcher.schedule(at, endpoint.id(), () -> courier.attempt(delivery, Trigger.SCHEDULED));
        delivery.next(first, at);
        jobs.add(first);
        if (plan.has(ChaosKind.DUPLICATE)) {
            jobs.add(stray(delivery, Sending.DUPLICATE, at));
        }
        return jobs;
    }

    private Scheduled stray(Delivery delivery, Sending kind, Instant at) {
        delivery.open++;
        return dispatcher.schedule(at, delivery.endpoint.id(), () -> courier.stray(delivery, kind));
    }
}
