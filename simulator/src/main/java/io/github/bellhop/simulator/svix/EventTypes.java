package io.github.bellhop.simulator.svix;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.http.ApiJson;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event types. Initially, these are all types that Clerk is known to send. A type is a JSON object in the format of
 * Svix's API, with its {@code name}, its description and other properties, and the times of its creation and last
 * change. The caller owns the returned objects. Safe for concurrent use.
 */
public final class EventTypes {
    /** The type of Svix's own test message, which is not listed. */
    public static final String PING = "svix.ping";

    private final SvixState state;

    EventTypes(SvixState state) {
        this.state = state;
        for (EventType type : EventType.values()) {
            ObjectNode properties = ApiJson.object()
                    .put("description", "The Clerk event " + type.wireName() + ".")
                    .put("archived", false)
                    .put("deprecated", false)
                    .putNull("featureFlag")
                    .put("groupName", type.family())
                    .putNull("schemas");
            put(type.wireName(), properties, state.now());
        }
    }

    private ObjectNode put(String name, ObjectNode properties, Instant created) {
        ObjectNode entry = ApiJson.object().put("name", name);
        entry.setAll(properties.deepCopy());
        entry.put("createdAt", created.toString()).put("updatedAt", state.now().toString());
        state.eventTypes.put(name, entry);
        return entry.deepCopy();
    }

    /**
     * Creates an event type, or restores an archived one.
     *
     * @param properties {@code description}, {@code archived} and other properties
     * @throws SvixException if the name is invalid (422) or taken (409)
     */
    public ObjectNode create(String name, ObjectNode properties) {
        synchronized (state) {
            Rules.identifier("name", name);
            ObjectNode old = state.eventTypes.get(name);
            if (old != null && !isArchived(old)) {
                throw SvixException.conflict("An event_type with that name already exists");
            }
            return put(name, properties, state.now());
        }
    }

    private static boolean isArchived(ObjectNode entry) {
        return entry.path("archived").asBoolean(false);
    }

    /**
     * Returns an event type.
     *
     * @throws SvixException if it does not exist (404); the other methods do the same for unknown names
     */
    public ObjectNode get(String name) {
        synchronized (state) {
            ObjectNode entry = state.eventTypes.get(name);
            if (entry == null) {
                throw SvixException.notFound("Event type not found");
            }
            return entry.deepCopy();
        }
    }

    /** Whether a type with this name exists, archived or not. */
    public boolean exists(String name) {
        return state.locked(() -> state.eventTypes.containsKey(name));
    }

    /** A page of the types, in alphabetical order by default. */
    public Page<ObjectNode> list(PageQuery query, boolean archived) {
        return state.locked(() -> Page.of(
                        state.eventTypes, query, PageQuery.Order.ASCENDING, entry -> archived || !isArchived(entry))
                .map(ObjectNode::deepCopy));
    }

    /** Replaces the properties of an event type. */
    public ObjectNode replace(String name, ObjectNode properties) {
        return state.locked(() ->
                put(name, properties, Instant.parse(get(name).path("createdAt").stringValue())));
    }

    /** Archives an event type, or deletes it if {@code expunge} is true. */
    public void delete(String name, boolean expunge) {
        synchronized (state) {
            ObjectNode entry = get(name);
            if (expunge) {
                state.eventTypes.remove(name);
            } else {
                replace(name, entry.put("archived", true));
            }
        }
    }
}
