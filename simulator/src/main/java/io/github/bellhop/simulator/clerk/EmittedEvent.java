package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;

/**
 * One event as Clerk would send it.
 *
 * @param type     the type as Clerk names it, such as {@code user.created}
 * @param entityId the id of the event's entity, {@code data.id}
 * @param payload  the body: compact JSON in UTF-8, with keys in alphabetical order; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record EmittedEvent(String type, @Nullable String entityId, byte[] payload) {
    /** Only the type and the id; the payload may contain secrets. */
    @Override
    public String toString() {
        return type + " " + entityId;
    }
}
