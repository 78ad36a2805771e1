package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.chaos.Chaos;
import io.github.bellhop.simulator.chaos.ChaosKind;
import io.github.bellhop.simulator.chaos.Sending;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.Wire;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.simulator.dispatch.Dispatcher;
import io.github.bellhop.simulator.dispatch.RetrySchedule;
import io.github.bellhop.simulator.dispatch.Scheduled;
import io.github.bellhop.simulator.svix.Attempt.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Schedules deliveries to endpoints, makes attempts, stores their results, and decides whether to retry. An attempt
 * holds the state's lock before and after sending, never while sending. Callers of the other methods must hold the
 * lock.
 *
 * @see <a href="https://docs.svix.com/receiving/delivery-control">Svix: delivery control in the answer's headers</a>
 */
final class Courier {
    private static final String CONTROL = "webhook-delivery";
    private static final WireAnswer NO_ANSWER = new WireAnswer(0, Map.of(), "", null, Duration.ZERO);
    private static final CompletionStage<?> NOTHING_SENT = CompletableFuture.completedFuture(null);

    private final SvixState state;
    private final Dispatcher dispatcher;
    private final Wire wire;
    private final Chaos chaos;
    private final RetrySchedule schedule;

    Courier(SvixState state, Dispatcher dispatcher, Wire wire, Chaos chaos, RetrySchedule schedule) {
        this.state = state;
        this.dispatcher = dispatcher;
        this.wire = wire;
        this.chaos = chaos;
        this.schedule = schedule;
    }

    /** Schedules the delivery of a message to one endpoint, regardless of the endpoint's filter. */
    void send(StoredMessage message, StoredEndpoint endpoint) {
        Chaos.Plan plan = chaos.plan();
        if (plan.has(ChaosKind.DROP)) {
            message.lostTo.add(endpoint.id());
            return;
        }
        Instant now = state.now();
        Instant planned = message.info.deliverAt();
        Instant at = (planned == null || planned.isBefore(now) ? now : planned).plus(plan.delay());
        Delivery delivery = new Delivery(message, endpoint);
        message.deliveries.put(endpoint.id(), delivery);
        List<Scheduled> jobs = new ArrayList<>();
        for (Sending kind : Sending.values()) {
            if (kind.bad() && plan.has(ChaosKind.valueOf(kind.name()))) {
                jobs.add(schedule(delivery, at, () -> sendExtra(delivery, kind)));
            }
        }
        jobs.add(scheduleNext(delivery, at));
        if (plan.has(ChaosKind.DUPLICATE)) {
            jobs.add(schedule(delivery, at, () -> sendExtra(delivery, Sending.DUPLICATE)));
        }
        if (planned == null) {
            chaos.admit(endpoint.id(), plan, jobs, now);
        }
        state.touched(message);
    }

    /** Sends a message to one endpoint now, without retries, regardless of earlier attempts. */
    void sendAgain(StoredMessage message, StoredEndpoint endpoint) {
        Delivery delivery = message.deliveries.computeIfAbsent(endpoint.id(), id -> new Delivery(message, endpoint));
        message.lostTo.remove(endpoint.id());
        schedule(delivery, state.now(), () -> attempt(delivery, Trigger.MANUAL));
        state.touched(message);
    }

    private Scheduled scheduleNext(Delivery delivery, Instant at) {
        Scheduled job = schedule(delivery, at, () -> attempt(delivery, Trigger.SCHEDULED));
        delivery.next(job, at);
        return job;
    }

    private Scheduled schedule(Delivery delivery, Instant at, Supplier<CompletionStage<?>> job) {
        delivery.open++;
        return dispatcher.schedule(
                at,
                delivery.endpoint.id(),
                () -> job.get().whenComplete((result, fault) -> {
                    synchronized (state) {
                        delivery.open--;
                        state.touched(delivery.message);
                    }
                }));
    }

    /** Sends an extra request that is not an attempt; its result does not affect the delivery. */
    private CompletionStage<?> sendExtra(Delivery delivery, Sending kind) {
        SignedRequest request;
        synchronized (state) {
            OutgoingMessage message = messageToSend(delivery);
            if (message == null) {
                return NOTHING_SENT;
            }
            request = delivery.endpoint.request(kind, message, state.now());
        }
        return wire.send(request).thenAccept(answer -> chaos.answered(kind, answer.status()));
    }

    /** Makes an attempt. Only scheduled attempts are retried. */
    private CompletionStage<?> attempt(Delivery delivery, Trigger trigger) {
        Instant began = state.now();
        SignedRequest request;
        Sending sending;
        synchronized (state) {
            if (trigger == Trigger.SCHEDULED) {
                delivery.clearNext();
            }
            OutgoingMessage message = messageToSend(delivery);
            if (message == null) {
                canceled(delivery);
                return NOTHING_SENT;
            }
            delivery.status = AttemptStatus.SENDING;
            sending =
                    trigger == Trigger.MANUAL ? Sending.MANUAL : delivery.attempts == 0 ? Sending.FIRST : Sending.RETRY;
            request = delivery.endpoint.request(sending, message, began);
        }
        return wire.send(request).thenAccept(answer -> {
            chaos.answered(sending, answer.status());
            ended(delivery, trigger, answer, began);
        });
    }

    private @Nullable OutgoingMessage messageToSend(Delivery delivery) {
        return delivery.endpoint.active() ? delivery.message.outgoing(state.now()) : null;
    }

    private void ended(Delivery delivery, Trigger trigger, WireAnswer answer, Instant began) {
        synchronized (state) {
            AttemptStatus status = answer.delivered() ? AttemptStatus.SUCCESS : AttemptStatus.FAIL;
            keep(delivery, status, trigger, answer, began);
            String control = answer.headers().getOrDefault(CONTROL, "").strip().toLowerCase(Locale.ROOT);
            boolean disable = control.equals("disable");
            if (answer.delivered()) {
                delivery.delivered = true;
                delivery.cancelNext();
                delivery.endpoint.health.succeeded();
            } else {
                disable |= delivery.endpoint.health.failed(state.now(), schedule.scaled(Duration.ofDays(1)));
                if (trigger == Trigger.SCHEDULED) {
                    delivery.attempts++;
                    if (!disable && !control.equals("abort-message")) {
                        retry(delivery, answer);
                    }
                }
            }
            delivery.rest(AttemptStatus.FAIL);
            if (disable) {
                disable(delivery.endpoint);
            }
        }
    }

    private void keep(Delivery delivery, AttemptStatus status, Trigger trigger, WireAnswer answer, Instant began) {
        Attempt attempt = new Attempt(
                state.ids.next("atmpt"),
                delivery.message.info.id(),
                delivery.endpoint.id(),
                delivery.endpoint.url().toString(),
                status,
                trigger,
                answer.status(),
                answer.text(),
                answer.latency(),
                began);
        state.add(delivery.message, attempt);
    }

    private void retry(Delivery delivery, WireAnswer answer) {
        Instant now = state.now();
        Duration wait = schedule.waitAfter(delivery.attempts, answer.headers().get("retry-after"), now);
        if (wait != null && delivery.endpoint.active()) {
            scheduleNext(delivery, now.plus(wait));
        }
    }

    private void disable(StoredEndpoint endpoint) {
        endpoint.info = endpoint.info.changed(endpoint.info.settings().disabled(true), state.now());
        stop(endpoint);
    }

    /** Cancels all scheduled attempts for an endpoint that is no longer active. */
    void stop(StoredEndpoint endpoint) {
        for (Delivery delivery : endpoint.pending.toArray(Delivery[]::new)) {
            cancel(delivery);
        }
    }

    /** Cancels the next attempt, if any. */
    void cancel(Delivery delivery) {
        if (delivery.cancelNext()) {
            canceled(delivery);
            state.touched(delivery.message);
        }
    }

    /**
     * Cancels a delivery, and stores its next attempt as canceled. Svix documents such attempts for the cancellation of
     * an endpoint's messages. The simulator also stores them when an endpoint is disabled or a payload is deleted, for
     * which Svix documents nothing.
     *
     * @see <a href="https://api.svix.com/docs#tag/Endpoint/operation/v1.endpoint.cancel-msgs">Svix: cancel messages</a>
     */
    private void canceled(Delivery delivery) {
        delivery.rest(AttemptStatus.CANCELED);
        if (delivery.status == AttemptStatus.CANCELED) {
            keep(delivery, AttemptStatus.CANCELED, Trigger.SCHEDULED, NO_ANSWER, state.now());
        }
    }
}
