package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entities that a family of events is about. An entity's data has the same shape as in events. Callers must hold
 * the lock.
 */
interface EventFamily {
    /**
     * Returns the stored entity that an event is about; null if the instance does not contain it.
     *
     * @param data  the event's data
     * @param owner the payer's user or organization; null if the caller chose none
     */
    @Nullable
    ObjectNode find(ObjectNode data, @Nullable String owner);

    /** Adds the entity of an invented event and the entities that it refers to. Returns the entity's data. */
    ObjectNode add(ObjectNode data, @Nullable String owner);

    /** The data of a stored entity. */
    ObjectNode data(ObjectNode entity);

    /**
     * Stores an entity's changed data, and returns the data of the stored entity. Does nothing and returns null if the
     * instance cannot store such an entity or such data.
     */
    @Nullable
    ObjectNode put(ObjectNode before, ObjectNode data);

    /** Removes a stored entity and the entities that belong to it. */
    void remove(ObjectNode entity);
}
