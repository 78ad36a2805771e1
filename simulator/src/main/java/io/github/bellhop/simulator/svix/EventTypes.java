package io.github.bellhop.simulator.svix;

import io.github.bellhop.event.EventType;
import java.time.Instant;

/** The types of event; from the start all that Clerk is known to send. Safe for concurrent use. */
public final class EventTypes {
    /** Svix's own test message, which needs no entry among the types. */
    public static final String PING = "svix.ping";

    private final SvixState state;

    EventTypes(SvixState state) {
        this.state = state;
        Instant now = state.now();
        for (EventType type : EventType.values()) {
            EventTypeSettings settings = new EventTypeSettings(
                    "Clerk's " + type.wireName() + " event.", false, false, null, null, type.family());
            state.eventTypes.put(type.wireName(), new EventTypeEntry(type.wireName(), settings, now, now));
        }
    }

    /**
     * Makes one; one that is archived comes back.
     *
     * @throws SvixException when the name cannot be used (422) or is taken (409)
     */
    public EventTypeEntry create(String name, EventTypeSettings settings) {
        synchronized (state) {
            Rules.identifier("name", name);
            EventTypeEntry old = state.eventTypes.get(name);
            if (old != null && !old.settings().archived()) {
                throw SvixException.conflict("An event_type with that name already exists");
            }
            Instant now = state.now();
            EventTypeEntry made = new EventTypeEntry(name, settings, now, now);
            state.eventTypes.put(name, made);
            return made;
        }
    }

    /**
     * Finds one.
     *
     * @throws SvixException when there is none (404)
     */
    public EventTypeEntry get(String name) {
        synchronized (state) {
            EventTypeEntry entry = state.eventTypes.get(name);
            if (entry == null) {
                throw SvixException.notFound("Event type not found");
            }
            return entry;
        }
    }

    /** Whether there is one of this name, archived or not. */
    public boolean exists(String name) {
        synchronized (state) {
            return state.eventTypes.containsKey(name);
        }
    }

    /** A page of them, in the order of the alphabet unless told otherwise. */
    public Page<EventTypeEntry> list(PageQuery query, boolean archived) {
        synchronized (state) {
            return Pager.page(
                    state.eventTypes,
                    query,
                    PageQuery.Order.ASCENDING,
                    entry -> archived || !entry.settings().archived());
        }
    }

    /**
     * Says other things of one.
     *
     * @throws SvixException when there is none (404)
     */
    public EventTypeEntry replace(String name, EventTypeSettings settings) {
        synchronized (state) {
            EventTypeEntry changed = get(name).changed(settings, state.now());
            state.eventTypes.put(name, changed);
            return changed;
        }
    }

    /**
     * Archives one, or takes it out.
     *
     * @throws SvixException when there is none (404)
     */
    public void delete(String name, boolean expunge) {
        synchronized (state) {
            EventTypeEntry entry = get(name);
            if (expunge) {
                state.eventTypes.remove(name);
            } else {
                replace(name, entry.settings().archived(true));
            }
        }
    }
}
