package io.github.bellhop.simulator.svix;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.http.ApiJson;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types of event; from the start all that Clerk is known to send. Each is an object as Svix's API has it: its
 * {@code name}, what is said of it, and when it was made and changed. What is given out belongs to the caller. Safe for
 * concurrent use.
 */
public final class EventTypes {
    /** Svix's own test message, which needs no entry among the types. */
    public static final String PING = "svix.ping";

    private final SvixState state;

    EventTypes(SvixState state) {
        this.state = state;
        for (EventType type : EventType.values()) {
            ObjectNode said = ApiJson.object()
                    .put("description", "Clerk's " + type.wireName() + " event.")
                    .put("archived", false)
                    .put("deprecated", false)
                    .putNull("featureFlag")
                    .put("groupName", type.family())
                    .putNull("schemas");
            put(type.wireName(), said, state.now());
        }
    }

    private ObjectNode put(String name, ObjectNode said, Instant created) {
        ObjectNode entry = ApiJson.object().put("name", name);
        entry.setAll(said.deepCopy());
        entry.put("createdAt", created.toString()).put("updatedAt", state.now().toString());
        state.eventTypes.put(name, entry);
        return entry.deepCopy();
    }

    /**
     * Makes one; one that is archived comes back.
     *
     * @param said {@code description}, {@code archived} and whatever else is said of it
     * @throws SvixException when the name cannot be used (422) or is taken (409)
     */
    public ObjectNode create(String name, ObjectNode said) {
        synchronized (state) {
            Rules.identifier("name", name);
            ObjectNode old = state.eventTypes.get(name);
            if (old != null && !isArchived(old)) {
                throw SvixException.conflict("An event_type with that name already exists");
            }
            return put(name, said, state.now());
        }
    }

    private static boolean isArchived(ObjectNode entry) {
        return entry.path("archived").asBoolean(false);
    }

    /**
     * Finds one.
     *
     * @throws SvixException when there is none (404), as with all that follows
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

    /** Whether there is one of this name, archived or not. */
    public boolean exists(String name) {
        return state.locked(() -> state.eventTypes.containsKey(name));
    }

    /** A page of them, in the order of the alphabet unless told otherwise. */
    public Page<ObjectNode> list(PageQuery query, boolean archived) {
        return state.locked(() -> Page.of(
                        state.eventTypes, query, PageQuery.Order.ASCENDING, entry -> archived || !isArchived(entry))
                .map(ObjectNode::deepCopy));
    }

    /** Says other things of one. */
    public ObjectNode replace(String name, ObjectNode said) {
        return state.locked(
                () -> put(name, said, Instant.parse(get(name).path("createdAt").stringValue())));
    }

    /** Archives one, or takes it out. */
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
