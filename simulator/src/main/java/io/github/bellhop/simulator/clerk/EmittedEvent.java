package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;

/**
 * One event as Clerk would send it.
 *
 * @param type     the type as Clerk names it, such as {@code user.created}
 * @param entityId the id of the event's entity, {@code data.id}
 * @param payload  the body: UTF-8, compact, keys in alphabetical order; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record EmittedEvent(String type, @Nullable String entityId, byte[] payload) {
    /** Type and id only; the payload may hold secrets. */
    @Override
    public String toString() {
        return type + " " + entityId;
    }
}
