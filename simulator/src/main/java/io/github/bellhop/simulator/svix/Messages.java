package io.github.bellhop.simulator.svix;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of the applications. Creating a message schedules it for every matching endpoint. */
public final class Messages {
    private static final int MAX_PAYLOAD_BYTES = 1024 * 1024;
    private static final byte[] PING_PAYLOAD = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);

    private final SvixState state;
    private final Courier courier;
    private final Fixtures fixtures;

    Messages(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
        this.fixtures = Fixtures.of(state.settings.clock(), state.settings.random());
    }

    /**
     * Creates a message. The dispatcher sends it when it is due.
     *
     * @throws SvixException if the application does not exist (404), a value is invalid (422) or the event id is taken
     *     (409)
     */
    public Message create(String application, NewMessage message) {
        synchronized (state) {
            StoredMessage stored = store(state.application(application), message);
            for (StoredEndpoint endpoint : stored.application.endpoints.values()) {
                if (endpoint.active() && endpoint.wants(stored)) {
                    courier.send(stored, endpoint);
                }
            }
            state.touched(stored);
            return stored.shown(state.now());
        }
    }

    /**
     * Creates an example of an event type and sends it to one endpoint only, regardless of the endpoint's filter.
     *
     * @param type a type that Clerk is known to send, or {@value EventTypes#PING}
     * @throws SvixException if the endpoint or type does not exist (404), or the type has no example (400)
     */
    public Message sendExample(String application, String endpoint, String type) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            StoredEndpoint target = owner.endpoint(endpoint);
            StoredMessage stored = store(owner, NewMessage.of(type, example(type)));
            if (target.active()) {
                courier.send(stored, target);
            }
            state.touched(stored);
            return stored.shown(state.now());
        }
    }

    /**
     * Returns a message, found by its id or event id.
     *
     * @throws SvixException if it does not exist (404); the other methods do the same for unknown ids
     */
    public Message get(String application, String id) {
        return state.locked(() -> state.application(application).message(id).shown(state.now()));
    }

    /** A page of the messages, newest first. */
    public Page<Message> list(String application, Filter filter, PageQuery query) {
        return state.locked(
                () -> Page.of(state.application(application).messages, query, PageQuery.Order.DESCENDING, filter::takes)
                        .map(message -> message.shown(state.now())));
    }

    /**
     * Whether an active endpoint would receive a message with this type and these channels.
     *
     * @param channels the message's channels; null for none
     * @throws SvixException also if the type or a channel is invalid (422)
     */
    public boolean isWanted(String application, String type, @Nullable Set<String> channels) {
        Rules.identifier("eventType", type);
        Rules.channels(channels, 1);
        Set<String> wanted = channels == null ? Set.of() : channels;
        return state.locked(() -> state.application(application).endpoints.values().stream()
                .anyMatch(endpoint ->
                        endpoint.active() && endpoint.info.settings().wants(type, wanted)));
    }

    /** Deletes the payload. The message remains but is no longer sent. */
    public void deleteContent(String application, String id) {
        synchronized (state) {
            state.application(application).message(id).forgetPayload();
        }
    }

    private StoredMessage store(StoredApplication owner, NewMessage message) {
        Rules.identifier("eventType", message.eventType());
        Rules.uid("eventId", message.eventId(), "msg_");
        Rules.channels(message.channels(), 0);
        message.tags().forEach(tag -> Rules.identifier("tags", tag));
        Rules.retention(message.retention());
        if (message.payload().length > MAX_PAYLOAD_BYTES) {
            throw SvixException.tooLarge("The payload exceeds " + MAX_PAYLOAD_BYTES + " bytes");
        }
        if (message.eventId() != null && owner.messagesByEventId.containsKey(message.eventId())) {
            throw SvixException.conflict("Message with this eventId already exists");
        }
        Instant now = state.now();
        String id = state.ids.next("msg");
        Message info = new Message(
                id,
                message.eventType(),
                new OutgoingMessage(id, message.eventType(), null, message.payload()),
                message.eventId(),
                message.channels(),
                message.tags(),
                message.deliverAt(),
                now);
        StoredMessage stored = new StoredMessage(owner, info, now.plus(message.retention()));
        state.add(stored);
        return stored;
    }

    private byte[] example(String type) {
        if (type.equals(EventTypes.PING)) {
            return PING_PAYLOAD;
        }
        EventType known = EventType.of(type);
        if (known != null) {
            return fixtures.event(known).payload();
        }
        if (state.eventTypes.containsKey(type)) {
            throw SvixException.badRequest(
                    "invalid_scheme", "There is no example for " + type + ". Use a type that Clerk sends");
        }
        throw SvixException.notFound("Event type not found");
    }
}
