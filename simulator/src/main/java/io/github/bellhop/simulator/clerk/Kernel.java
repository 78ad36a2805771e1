package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.fixture.FreshIds;
import io.github.bellhop.simulator.fixture.Shapes;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all parts of an instance share: what is in it, its lock, its time, new ids and shapes, and the way out for
 * events. Everything but {@link #locked} is called under the lock, which is this object.
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

    /** Does something while no other thread reads or changes the instance. */
    synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    /** Does something whose events nobody is told of. */
    <T> T quietly(Supplier<T> work) {
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

    /** Milliseconds that never go backwards, whatever the clock does. */
    long now() {
        latest = Math.max(latest, settings.clock().millis());
        return latest;
    }

    String newId(String prefix) {
        return ids.next(prefix);
    }

    /** An entity or a part of one that is created now. */
    ObjectNode shape(String template, String id, Map<String, String> named) {
        return Shapes.entity(template, id, Instant.ofEpochMilli(now()), named);
    }

    /** Tells of a change that has happened; the event is never older than what it tells of. */
    void emit(EventType type, ObjectNode data) {
        emit(type, data, data.path("updated_at").asLong(0));
    }

    /** Tells of a deletion, by what is left of the entity; it is newer than the entity's last change. */
    void emitDeleted(EventType type, ObjectNode entity) {
        ObjectNode tombstone =
                Shapes.tombstone(Tables.text(entity, "object"), Tables.text(entity, "id"), Instant.ofEpochMilli(now()));
        if (type == EventType.USER_DELETED && entity.path("external_id").isString()) {
            tombstone.set("external_id", entity.get("external_id"));
        }
        emit(type, tombstone, entity.path("updated_at").asLong(0) + 1);
    }

    /** Tells of something that has happened at a time or later. */
    void emit(EventType type, ObjectNode data, long earliest) {
        if (quiet) {
            return;
        }
        String id = Tables.text(data, "id");
        Instant time = Instant.ofEpochMilli(Math.max(now(), earliest));
        settings.sink().accept(new EmittedEvent(type.wireName(), id, Shapes.event(type, id, time, data)));
    }
}
