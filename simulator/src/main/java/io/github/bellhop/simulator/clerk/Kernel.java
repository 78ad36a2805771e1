package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.fixture.FreshIds;
import io.github.bellhop.simulator.fixture.Shapes;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state and services that all parts of an instance share: the tables, the lock, the clock, the creation of ids and
 * entities, and the output of events. Callers of all methods except {@link #locked} must hold the lock, which is this
 * object.
 */
final class Kernel {
    final Tables tables = new Tables();
    final Views views = new Views(tables);
    private final ClerkSettings settings;
    private final FreshIds ids;
    private long latest;
    private boolean quiet;

    Kernel(ClerkSettings settings) {
        this.settings = settings;
        this.ids = new FreshIds(settings.clock(), settings.random());
    }

    /** Runs work while no other thread reads or changes the instance. */
    synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    /** Runs work without emitting its events. */
    <T> T withoutEvents(Supplier<T> work) {
        boolean before = quiet;
        quiet = true;
        try {
            return work.get();
        } finally {
            quiet = before;
        }
    }

    boolean cascadesEvents() {
        return settings.cascadeEvents();
    }

    /** The current time in milliseconds; never goes backwards, even if the clock does. */
    long now() {
        latest = Math.max(latest, settings.clock().millis());
        return latest;
    }

    String newId(String prefix) {
        return ids.next(prefix);
    }

    /** Creates an entity, or a part of an entity, with the current time. */
    ObjectNode shape(String template, String id, Map<String, String> named) {
        return Shapes.entity(template, id, Instant.ofEpochMilli(now()), named);
    }

    /** Emits an event for a change that has happened. The event is never older than the change. */
    void emit(EventType type, ObjectNode data) {
        emit(type, data, data.path("updated_at").asLong(0));
    }

    /** Emits a deletion event with the entity's deletion object. The event is newer than the entity's last change. */
    void emitDeleted(EventType type, ObjectNode entity) {
        ObjectNode tombstone =
                Shapes.tombstone(Tables.text(entity, "object"), Tables.text(entity, "id"), Instant.ofEpochMilli(now()));
        if (type == EventType.USER_DELETED && entity.path("external_id").isString()) {
            tombstone.set("external_id", entity.get("external_id"));
        }
        emit(type, tombstone, entity.path("updated_at").asLong(0) + 1);
    }

    /** Emits an event dated no earlier than the given time. */
    void emit(EventType type, ObjectNode data, long earliest) {
        if (quiet) {
            return;
        }
        String id = Tables.text(data, "id");
        Instant time = Instant.ofEpochMilli(Math.max(now(), earliest));
        emit(new EmittedEvent(type.wireName(), id, Shapes.event(type, id, time, data)));
    }

    /** Emits a complete event. */
    void emit(EmittedEvent event) {
        settings.sink().accept(event);
    }

    /** Fixtures that use the clock and the ids of this instance. */
    Fixtures fixtures() {
        return Fixtures.of(() -> Instant.ofEpochMilli(now()), settings.random());
    }
}
