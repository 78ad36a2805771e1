package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.svix.PageQuery.Order;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The attempts to deliver messages, and the status of each delivery. Safe for concurrent use. */
public final class Attempts {
    private static final Set<AttemptStatus> ENDED =
            Set.of(AttemptStatus.SUCCESS, AttemptStatus.FAIL, AttemptStatus.CANCELED);

    private final SvixState state;
    private final Courier courier;

    Attempts(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
    }

    /**
     * A page of the attempts to send to an endpoint, newest first.
     *
     * @throws SvixException if the endpoint does not exist (404); the other methods do the same for unknown ids
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

    /** A page of the attempts to deliver a message, newest first. */
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

    /** Returns one attempt to deliver a message. */
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

    /** Deletes the stored body of an attempt's answer. */
    public void deleteContent(String application, String message, String id) {
        synchronized (state) {
            Attempt attempt = get(application, message, id);
            state.application(application).attempts.put(id, attempt.withoutResponse());
        }
    }

    /** A page of an endpoint's messages with their delivery status, newest first. */
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

    /** A page of a message's endpoints with their delivery status. */
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
     * Resends a message to an endpoint once, regardless of the endpoint's filter. The resend is not retried.
     *
     * @throws SvixException also if the payload has been deleted (400, {@code missing_payload})
     */
    public void resend(String application, String message, String endpoint) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            StoredMessage stored = owner.message(message);
            StoredEndpoint target = owner.endpoint(endpoint);
            if (stored.outgoing(state.now()) == null) {
                throw SvixException.badRequest(
                        "missing_payload", "Unable to resend message: its payload has been deleted");
            }
            courier.sendAgain(stored, target);
        }
    }

    /**
     * Counts the endpoint's successful, failed and canceled attempts in a time range, and all its deliveries that are
     * currently pending or sending.
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
     * The status of a message's delivery to an endpoint.
     *
     * @param subject     the message if the query was by endpoint; the endpoint if it was by message
     * @param status      the status of the delivery
     * @param nextAttempt when the next attempt is due; null if no attempt is scheduled
     */
    public record Standing<T>(
            T subject, AttemptStatus status, @Nullable Instant nextAttempt) {}
}
