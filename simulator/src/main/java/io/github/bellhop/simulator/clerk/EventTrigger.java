package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.FixtureException;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Causes single events of any type, including those that no operation of the Backend API causes. If the instance
 * contains the event's entity, the event starts from the entity's state. Otherwise, the entity is invented and added,
 * together with the users and organizations that it refers to. If the settings produce a payload that the instance
 * cannot store, the event is still sent, and the instance keeps its previous state. Safe for concurrent use.
 */
public final class EventTrigger {
    private static final Set<String> OF_PAYERS = Set.of("subscription", "subscriptionItem", "paymentAttempt");

    private final Kernel kernel;
    private final EventFamilies families;
    private final Fixtures fixtures;

    EventTrigger(Kernel kernel, EventFamilies families) {
        this.kernel = kernel;
        this.families = families;
        this.fixtures = kernel.fixtures();
    }

    /**
     * Causes an event and emits it.
     *
     * @throws FixtureException if the type or a path does not exist
     * @throws ClerkRefusedException if the instance rejects the change, such as the deletion of a role in use
     */
    public EmittedEvent cause(WantedEvent wanted) {
        return kernel.locked(() -> {
            EmittedEvent event = made(wanted);
            kernel.emit(event);
            return event;
        });
    }

    /** Causes an event as {@link #cause} does, but returns it to the caller instead of emitting it. */
    public EmittedEvent prepare(WantedEvent wanted) {
        return kernel.locked(() -> made(wanted));
    }

    private EmittedEvent made(WantedEvent wanted) {
        List<String> ids = new ArrayList<>(wanted.ids());
        EventType type = EventType.of(wanted.type());
        String owner = type != null && OF_PAYERS.contains(type.family()) ? takeOwner(ids) : null;
        Fixtures sender = wanted.instanceId() == null ? fixtures : fixtures.fromInstance(wanted.instanceId());
        Fixture fixture = sender.event(wanted.type());
        ids.forEach(fixture::id);
        if (wanted.idInSettings() != null) {
            fixture.id(wanted.idInSettings());
        }
        if (wanted.isWithoutEntity()) {
            wanted.settings().forEach(fixture::set);
        } else {
            kernel.withoutEvents(() -> apply(wanted, fixture, owner));
        }
        return new EmittedEvent(fixture.type(), fixture.entityId(), fixture.payload());
    }

    private static @Nullable String takeOwner(List<String> ids) {
        List<String> owners = ids.stream()
                .filter(id -> id.startsWith("user_") || id.startsWith("org_"))
                .toList();
        ids.removeAll(owners);
        return owners.isEmpty() ? null : owners.get(owners.size() - 1);
    }

    private Fixture apply(WantedEvent wanted, Fixture fixture, @Nullable String owner) {
        EventType type = Objects.requireNonNull(EventType.of(fixture.type()));
        EventFamily family = families.of(type.family());
        ObjectNode invented = Objects.requireNonNull(fixture.data());
        ObjectNode known = family.find(invented, owner);
        if (type.wireName().endsWith(".deleted")) {
            if (known != null) {
                delete(type, fixture, family, known);
            }
            wanted.settings().forEach(fixture::set);
            return fixture;
        }
        fixture.startingFrom(known == null ? family.add(invented, owner) : next(fixture, family.data(known)));
        ObjectNode before = Objects.requireNonNull(fixture.data());
        wanted.settings().forEach(fixture::set);
        ObjectNode after = fixture.data();
        ObjectNode stored = after == null ? null : family.put(before, after);
        return stored == null ? fixture : fixture.startingFrom(stored);
    }

    /**
     * Removes an entity. The event's time is after the entity's last change. The event contains either the whole former
     * entity or only its id.
     */
    private static void delete(EventType type, Fixture fixture, EventFamily family, ObjectNode known) {
        if (!type.tombstone()) {
            fixture.startingFrom(family.data(known));
        } else if (known.path("external_id").isString()) {
            fixture.set("data.external_id", known.path("external_id"));
        }
        fixture.notBefore(afterChangeOf(known));
        family.remove(known);
    }

    private ObjectNode next(Fixture fixture, ObjectNode state) {
        if (state.has("updated_at")) {
            Instant now = Instant.ofEpochMilli(kernel.now());
            Instant later = afterChangeOf(state);
            fixture.notBefore(later);
            state.put("updated_at", (later.isAfter(now) ? later : now).toEpochMilli());
        }
        return state;
    }

    private static Instant afterChangeOf(ObjectNode entity) {
        return Instant.ofEpochMilli(entity.path("updated_at").asLong(0) + 1);
    }
}
