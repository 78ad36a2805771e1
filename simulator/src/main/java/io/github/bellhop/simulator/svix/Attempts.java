package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.svix.PageQuery.Order;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What became of the messages: attempts, and how it stands with deliveries. Safe for concurrent use. */
public final class Attempts {
    private static final Set<AttemptStatus> ENDED = Set.of(AttemptStatus.SUCCESS, AttemptStatus.FAIL);

    private final SvixState state;
    private final Courier courier;

    Attempts(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
    }

    /**
     * A page of the attempts to an endpoint, the newest first.
     *
     * @throws SvixException when there is no such endpoint (404), as with all that follows
     */
    public Page<Attempt> ofEndpoint(String application, String endpoint, Filter filter, PageQuery query) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            String id = owner.endpoint(endpoint).id();
            Predicate<Attempt> wanted = attempt -> attempt.endpointId().equals(id)
                    && filter.takes(attempt)
                    && filter.isAbout(owner.message(attempt.messageId()));
            return Page.of(owner.attempts, query, Order.DESCENDING, wanted);
        }
    }

    /** A page of the attempts to deliver a message, the newest first. */
    public Page<Attempt> ofMessage(String application, String message, Filter filter, PageQuery query) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            StoredMessage stored = owner.message(message);
            String only = filter.endpoint() == null
                    ? null
                    : owner.endpoint(filter.endpoint()).id();
            boolean any = filter.isAbout(stored);
            return Page.of(
                    owner.attempts,
                    query,
                    Order.DESCENDING,
                    attempt -> any
                            && attempt.messageId().equals(stored.info.id())
                            && filter.takes(attempt)
                            && (only == null || attempt.endpointId().equals(only)));
        }
    }

    /** Finds one attempt of a message. */
    public Attempt get(String application, String message, String id) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            Attempt attempt = owner.attempts.get(id);
            if (attempt == null || !owner.message(message).info.id().equals(attempt.messageId())) {
                throw SvixException.notFound("Entity not found");
            }
            return attempt;
        }
    }

    /** A page of an endpoint's messages, with how it stands with each, the newest first. */
    public Page<Standing<Message>> messagesOf(String application, String endpoint, Filter filter, PageQuery query) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            String id = owner.endpoint(endpoint).id();
            Predicate<StoredMessage> wanted = message -> {
                Delivery delivery = message.deliveries.get(id);
                return delivery != null
                        && filter.takes(message)
                        && (filter.status() == null || filter.status() == delivery.status);
            };
            Instant now = state.now();
            return Page.of(owner.messages, query, Order.DESCENDING, wanted)
                    .map(message -> message.delivery(id).standing(message.shown(now)));
        }
    }

    /** A page of the endpoints to which a message went or goes, with how it stands with each. */
    public Page<Standing<Endpoint>> endpointsOf(String application, String message, PageQuery query) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            StoredMessage stored = owner.message(message);
            return Page.of(
                            owner.endpoints,
                            query,
                            Order.DESCENDING,
                            endpoint -> stored.deliveries.containsKey(endpoint.id()))
                    .map(endpoint -> stored.delivery(endpoint.id()).standing(endpoint.info));
        }
    }

    /**
     * Sends a message once more to an endpoint, whether that wants it or not. There are no retries of this.
     *
     * @throws SvixException also when the payload is gone (400, {@code missing_payload})
     */
    public void resend(String application, String message, String endpoint) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            StoredMessage stored = owner.message(message);
            StoredEndpoint target = owner.endpoint(endpoint);
            if (stored.outgoing(state.now()) == null) {
                throw SvixException.badRequest(
                        "missing_payload", "Unable to resend message: the payload is no longer kept");
            }
            courier.sendAgain(stored, target);
        }
    }

    /**
     * How many attempts to an endpoint succeeded and failed between two times, and how many of its deliveries wait for an
     * attempt, are under way and were called off.
     */
    public Map<AttemptStatus, Long> stats(String application, String endpoint, Instant since, Instant until) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            String id = owner.endpoint(endpoint).id();
            Filter times = Filter.between(since, until);
            Map<AttemptStatus, Long> counts = new EnumMap<>(AttemptStatus.class);
            owner.attempts.values().stream()
                    .filter(attempt -> attempt.endpointId().equals(id) && times.takes(attempt))
                    .forEach(attempt -> counts.merge(attempt.status(), 1L, Long::sum));
            owner.messages.values().stream()
                    .map(message -> message.deliveries.get(id))
                    .filter(delivery -> delivery != null && !ENDED.contains(delivery.status))
                    .forEach(delivery -> counts.merge(delivery.status, 1L, Long::sum));
            return counts;
        }
    }

    /**
     * How it stands with the delivery of a message to an endpoint.
     *
     * @param subject     the message or the endpoint, whichever was asked about
     * @param status      where it stands
     * @param nextAttempt when it is tried again; null when it is not
     */
    public record Standing<T>(
            T subject, AttemptStatus status, @Nullable Instant nextAttempt) {}
}
