package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.svix.PageQuery.Order;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What became of the messages: attempts, and how it stands with deliveries. Safe for concurrent use. */
public final class Attempts {
    private final SvixState state;
    private final Fanout fanout;

    Attempts(SvixState state, Fanout fanout) {
        this.state = state;
        this.fanout = fanout;
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
            Filter ofMessage = filter.anyTime();
            Predicate<Attempt> wanted = attempt -> attempt.endpointId().equals(id)
                    && filter.takes(attempt)
                    && ofMessage.takes(owner.message(attempt.messageId()));
            return Pager.page(owner.attempts, query, Order.DESCENDING, wanted);
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
            NavigableMap<String, Attempt> own = new TreeMap<>();
            for (String id : stored.attempts) {
                own.put(id, owner.attempts.get(id));
            }
            return Pager.page(
                    own,
                    query,
                    Order.DESCENDING,
                    attempt -> filter.takes(attempt)
                            && filter.anyTime().takes(stored)
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

    /** Deletes the text of the answer. */
    public void deleteContent(String application, String message, String id) {
        synchronized (state) {
            Attempt attempt = get(application, message, id);
            state.application(application).attempts.put(attempt.id(), attempt.withoutResponse());
        }
    }

    /** A page of an endpoint's messages, with how it stands with each, the newest first. */
    public Page<DeliveryOf<Message>> messagesOf(String application, String endpoint, Filter filter, PageQuery query) {
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
            return Pager.page(owner.messages, query, Order.DESCENDING, wanted).map(message -> {
                Delivery delivery = message.delivery(id);
                return new DeliveryOf<>(message.shown(now), delivery.status, delivery.nextAt);
            });
        }
    }

    /** A page of the endpoints to which a message went or goes, with how it stands with each. */
    public Page<DeliveryOf<Endpoint>> endpointsOf(String application, String message, PageQuery query) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            StoredMessage stored = owner.message(message);
            return Pager.page(
                            owner.endpoints,
                            query,
                            Order.DESCENDING,
                            endpoint -> stored.deliveries.containsKey(endpoint.id()))
                    .map(endpoint -> {
                        Delivery delivery = stored.delivery(endpoint.id());
                        return new DeliveryOf<>(endpoint.info, delivery.status, delivery.nextAt);
                    });
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
            fanout.again(stored, target);
        }
    }

    /** How it stands with an endpoint's deliveries of messages since a time. */
    public EndpointStats stats(String application, String endpoint, Instant since, Instant until) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            String id = owner.endpoint(endpoint).id();
            Filter filter = Filter.between(since, until);
            long success = 0;
            long fail = 0;
            for (Attempt attempt : owner.attempts.values()) {
                if (attempt.endpointId().equals(id) && filter.takes(attempt)) {
                    if (attempt.status() == AttemptStatus.SUCCESS) {
                        success++;
                    } else {
                        fail++;
                    }
                }
            }
            return new EndpointStats(
                    success,
                    standing(owner, id, AttemptStatus.PENDING),
                    standing(owner, id, AttemptStatus.SENDING),
                    fail,
                    standing(owner, id, AttemptStatus.CANCELED));
        }
    }

    private static long standing(StoredApplication owner, String endpoint, AttemptStatus status) {
        return owner.messages.values().stream()
                .map(message -> message.deliveries.get(endpoint))
                .filter(delivery -> delivery != null && delivery.status == status)
                .count();
    }
}
