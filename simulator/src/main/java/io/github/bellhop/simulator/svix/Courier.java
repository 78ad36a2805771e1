package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.chaos.Chaos;
import io.github.bellhop.simulator.chaos.Sending;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.Wire;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.simulator.dispatch.Dispatcher;
import io.github.bellhop.simulator.dispatch.RetrySchedule;
import io.github.bellhop.simulator.svix.Attempt.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts, keeps what came of them, and decides whether another one follows. Its attempts take the state's lock
 * before and after they send, never meanwhile; its other methods are called with the lock held.
 *
 * @see <a href="https://docs.svix.com/receiving/delivery-control">Svix: what an answer can ask for</a>
 */
final class Courier {
    private static final String CONTROL = "webhook-delivery";

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

    /** A request that is no attempt of the message's: what comes of it changes nothing. */
    CompletionStage<?> stray(Delivery delivery, Sending kind) {
        SignedRequest request;
        synchronized (state) {
            OutgoingMessage message = sendable(delivery);
            if (message == null) {
                return strayEnded(delivery);
            }
            request = delivery.endpoint.request(kind, message, state.now());
        }
        return wire.send(request).thenAccept(answer -> {
            chaos.answered(kind, answer.status());
            strayEnded(delivery);
        });
    }

    private CompletionStage<?> strayEnded(Delivery delivery) {
        synchronized (state) {
            delivery.open--;
            state.touched(delivery.message);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Makes an attempt; one that was not made by the schedule has no retries of its own. */
    CompletionStage<?> attempt(Delivery delivery, Trigger trigger) {
        Instant began = state.now();
        SignedRequest request;
        Sending sending;
        synchronized (state) {
            if (trigger == Trigger.SCHEDULED) {
                delivery.noNext();
            }
            OutgoingMessage message = sendable(delivery);
            if (message == null) {
                delivery.open--;
                delivery.rest(AttemptStatus.CANCELED);
                state.touched(delivery.message);
                return CompletableFuture.completedFuture(null);
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

    private @Nullable OutgoingMessage sendable(Delivery delivery) {
        return delivery.endpoint.active() ? delivery.message.outgoing(state.now()) : null;
    }

    private void ended(Delivery delivery, Trigger trigger, WireAnswer answer, Instant began) {
        synchronized (state) {
            delivery.open--;
            keep(delivery, trigger, answer, began);
            String control = answer.headers().getOrDefault(CONTROL, "").strip().toLowerCase(Locale.ROOT);
            boolean disable = control.equals("disable");
            if (answer.delivered()) {
                delivery.delivered = true;
                delivery.cancelNext();
                delivery.endpoint.health.succeeded();
            } else {
                disable |= delivery.endpoint.health.failed(state.now());
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
            state.touched(delivery.message);
        }
    }

    private void keep(Delivery delivery, Trigger trigger, WireAnswer answer, Instant began) {
        Attempt attempt = new Attempt(
                state.ids.next("atmpt"),
                delivery.message.info.id(),
                delivery.endpoint.id(),
                delivery.endpoint.url.toString(),
                answer.delivered() ? AttemptStatus.SUCCESS : AttemptStatus.FAIL,
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
            Instant at = now.plus(wait);
            delivery.next(
                    dispatcher.schedule(at, delivery.endpoint.id(), () -> attempt(delivery, Trigger.SCHEDULED)), at);
        }
    }

    private void disable(StoredEndpoint endpoint) {
        endpoint.info = endpoint.info.changed(endpoint.info.settings().disabled(true), state.now());
        stop(endpoint);
    }

    /** Calls off all that waits for an endpoint which is no longer active. */
    void stop(StoredEndpoint endpoint) {
        for (Delivery delivery : endpoint.pending.toArray(Delivery[]::new)) {
            callOff(delivery);
        }
    }

    /** Calls off the next attempt, if there is one. */
    void callOff(Delivery delivery) {
        if (delivery.cancelNext()) {
            delivery.rest(AttemptStatus.CANCELED);
            state.touched(delivery.message);
        }
    }
}
